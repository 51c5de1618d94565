#include "levels.hpp"
#include "owned_table.hpp"

#include <coodie/mapping/ddl.hpp>
#include <coodie/mapping/schema_rules.hpp>

namespace cases {

namespace cql = coodie::cql;

Models::Models(const Json& file) : models(file.at("models"))
{
    for (const auto& [name, type] : file.at("udts").items())
        user_types.emplace(name, type.at("type_name").get<std::string>());
}

const Json& Models::model(const std::string& name) const
{
    if (!models.contains(name))
        throw UnknownCase{"model " + name};
    return models.at(name);
}

Outcome read_type(const Json& inputs, const Models& models)
{
    try {
        const auto made = python_type(inputs.at("python").get<std::string>(), models.user_types);
        return {cql::type_text(made.type, made.frozen)};
    } catch (const NoSuchType& error) {
        return refused(error.what());
    }
}

Outcome read_schema(const Json& inputs, const Models& models)
{
    try {
        OwnedTable table{"ks", inputs.at("model").get<std::string>()};
        for (const auto& field : inputs.at("fields_py")) {
            const auto made = python_type(field.at(1).get<std::string>(), models.user_types);
            auto& column = table.add(field.at(0).get<std::string>(), cql::type_text(made.type, made.frozen));
            const auto declared = column;
            column = made.column;
            column.name = declared.name;
            column.type_text = declared.type_text;
            column.container = declared.container;
            column.vector = declared.vector;
        }
        if (const auto rule = cql::broken_schema_rule(table.view()); rule != cql::Rule::fine)
            return refused(std::string{cql::sentence(rule)});
        return {cql::create_table(table.view())};
    } catch (const NoSuchType& error) {
        return refused(error.what());
    }
}

Outcome define(const Json& inputs, const Models& models)
{
    const auto& settings = models.model(inputs.at("model").get<std::string>()).at("settings");
    OwnedTable table{settings.value("keyspace", ""), settings.at("name").get<std::string>()};
    for (const auto& column : inputs.at("columns"))
        add_model_column(table, column);
    if (inputs.contains("table_options") && !inputs["table_options"].is_null())
        table.options(inputs["table_options"]);
    return {cql::create_table(table.view())};
}

}
