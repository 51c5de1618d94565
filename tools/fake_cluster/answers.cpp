#include "parts.hpp"
#include "values.hpp"

#include <algorithm>

namespace fake_cluster {
namespace {

using namespace coodie;
using namespace coodie::testing;

struct NamedCode
{
    const char* name;
    errc code;
};
constexpr NamedCode codes[]{
    {"server_error", errc::server_error},         {"protocol_error", errc::protocol_error},
    {"bad_credentials", errc::bad_credentials},   {"unavailable", errc::unavailable},
    {"overloaded", errc::server_overloaded},      {"is_bootstrapping", errc::is_bootstrapping},
    {"truncate_error", errc::truncate_error},     {"write_timeout", errc::write_timeout},
    {"read_timeout", errc::read_timeout},         {"read_failure", errc::read_failure},
    {"function_failure", errc::function_failure}, {"write_failure", errc::write_failure},
    {"syntax_error", errc::syntax_error},         {"unauthorized", errc::unauthorized},
    {"invalid", errc::invalid_request},           {"config_error", errc::config_error},
    {"already_exists", errc::already_exists},     {"unprepared", errc::unprepared},
};

Answer error_of(const Description& description)
{
    description.only({"error", "message", "warnings", "payload"});
    const auto code = description.at("error");
    const auto sentence = description.text_or("message", "as told");
    if (code.json().is_number())
        return error(static_cast<std::int32_t>(code.whole_number(0, 0x7FFF'FFFF)), sentence);
    const auto* found = std::find_if(std::begin(codes), std::end(codes),
                                     [&](const NamedCode& known) { return code.text() == known.name; });
    if (found != std::end(codes))
        return error(found->code, sentence);
    std::string names;
    for (const auto& known : codes)
        names += (names.empty() ? "" : ", ") + std::string{known.name};
    code.fail("no error is called '" + code.text() + "'; give its number, or one of " + names);
}

Answer content_of(const Description& description)
{
    if (description.json().is_string()) {
        if (description.text() != "void")
            description.fail("an answer is \"void\" or an object");
        return void_answer();
    }
    if (description.has("error"))
        return error_of(description);
    description.only({"columns", "rows", "warnings", "payload"});
    return description.has("columns") ? Answer{rows_of(description)} : void_answer();
}

std::size_t index_of(const Description& name, const std::vector<ColumnSpec>& columns)
{
    for (std::size_t i = 0; i != columns.size(); ++i)
        if (columns[i].name == name.text())
            return i;
    name.fail("'" + name.text() + "' is not among the bound columns");
}

}

Answer answer_of(const Description& description)
{
    auto answer = content_of(description);
    description.if_has("warnings", [&](const auto& warnings) { answer.warnings = warnings.texts(); });
    description.if_has("payload", [&](const auto& payload) {
        for (const auto& [key, value] : payload.members())
            answer.payload(key, blob(value.text()));
    });
    return answer;
}

Primed statement_of(const Description& statement)
{
    statement.only({"cql", "bind", "partition_key", "lightweight", "answer"});
    auto made = primed(statement.at("cql").text());
    made.answer = statement.has("answer") ? answer_of(statement.at("answer")) : void_answer();
    statement.if_has("bind", [&](const auto& columns) { made.bind_columns = columns_of(columns); });
    statement.if_has("lightweight", [&](const auto& truth) { made.lightweight_transaction = truth.truth(); });
    statement.if_has("partition_key", [&](const auto& names) {
        for (const auto& name : names.elements())
            made.partition_key.push_back(static_cast<std::uint16_t>(index_of(name, made.bind_columns)));
    });
    return made;
}

}
