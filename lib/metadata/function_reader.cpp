#include <lib/metadata/cells.hpp>
#include <lib/metadata/function_reader.hpp>

namespace coodie::metadata {

namespace {

Error unreadable(const std::string& what, const Error& why)
{
    return {errc::bad_value, what + ": " + why.message()};
}

Result<std::vector<ArgumentMetadata>> read_arguments(const Row& row, const Texts& names, UserTypes& types)
{
    std::vector<ArgumentMetadata> arguments;
    for (auto& text : read_texts(row, "argument_types")) {
        auto type = types.parse(text);
        if (!type)
            return unreadable("argument " + std::to_string(arguments.size() + 1), type.error());
        auto name = arguments.size() < names.size() ? names[arguments.size()] : std::string{};
        arguments.push_back({std::move(name), std::move(*type), std::move(text)});
    }
    return arguments;
}

std::string joined_signature(std::string_view name, const Texts& types)
{
    std::string text{name};
    for (std::size_t i = 0; i != types.size(); ++i)
        text += (i == 0 ? "(" : ",") + types[i];
    return text + (types.empty() ? "()" : ")");
}

}

Result<FunctionMetadata> read_function(const std::string& keyspace, const Row& row, UserTypes& types)
{
    FunctionMetadata function;
    function.keyspace = keyspace;
    function.name = read_text(row, "function_name");
    auto arguments = read_arguments(row, read_texts(row, "argument_names"), types);
    if (!arguments)
        return arguments.error();
    function.arguments = std::move(*arguments);
    function.return_type_text = read_text(row, "return_type");
    auto return_type = types.parse(function.return_type_text);
    if (!return_type)
        return unreadable("return type", return_type.error());
    function.return_type = std::move(*return_type);
    function.language = read_text(row, "language");
    function.body = read_text(row, "body");
    function.called_on_null_input = read<bool>(row, "called_on_null_input").value_or(false);
    return function;
}

Result<AggregateMetadata> read_aggregate(const std::string& keyspace, const Row& row, UserTypes& types)
{
    AggregateMetadata aggregate;
    aggregate.keyspace = keyspace;
    aggregate.name = read_text(row, "aggregate_name");
    auto arguments = read_arguments(row, {}, types);
    if (!arguments)
        return arguments.error();
    aggregate.arguments = std::move(*arguments);
    aggregate.return_type_text = read_text(row, "return_type");
    auto return_type = types.parse(aggregate.return_type_text);
    if (!return_type)
        return unreadable("return type", return_type.error());
    aggregate.return_type = std::move(*return_type);
    aggregate.state_type_text = read_text(row, "state_type");
    auto state_type = types.parse(aggregate.state_type_text);
    if (!state_type)
        return unreadable("state type", state_type.error());
    aggregate.state_type = std::move(*state_type);
    aggregate.state_function = read_text(row, "state_func");
    aggregate.final_function = read<std::string>(row, "final_func");
    aggregate.initial_condition = read<std::string>(row, "initcond");
    return aggregate;
}

std::string signature(std::string_view name, const std::vector<ArgumentMetadata>& arguments)
{
    Texts types;
    for (const auto& argument : arguments)
        types.push_back(argument.type_text);
    return joined_signature(name, types);
}

std::string signature(const Row& row)
{
    const auto name = read<std::string>(row, "function_name");
    return joined_signature(name ? *name : read_text(row, "aggregate_name"), read_texts(row, "argument_types"));
}

}
