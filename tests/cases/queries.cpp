#include "levels.hpp"
#include "statement_parts.hpp"

#include <coodie/mapping/rules.hpp>

namespace cases {

namespace cql = coodie::cql;

namespace {

bool is_null_test(const cql::Condition& condition)
{
    return condition.op == coodie::Op::is_null || condition.op == coodie::Op::is_not_null;
}

void read_filters(StatementParts& parts, const Json& filters)
{
    for (const auto& filter : filters)
        parts.add_condition(filter.at(0).get<std::string>(), filter.at(1).get<std::string>(), filter.at(2));
}

Outcome checked(StatementParts& parts)
{
    for (const auto& condition : parts.shape.conditions)
        if (is_null_test(condition))
            return refused(std::string{cql::sentence(cql::Rule::null_condition)});
    return parts.outcome();
}

using Link = void (*)(StatementParts&, const Json&);

void only(StatementParts& parts, const Json& link)
{
    for (std::size_t i = 1; i != link.size(); ++i)
        parts.shape.columns.push(parts.table.column(link[i].get<std::string>()));
}
void defer(StatementParts& parts, const Json& link)
{
    for (const auto& column : parts.table.view().columns)
        if (std::find(link.begin() + 1, link.end(), column.name) == link.end())
            parts.shape.columns.push(parts.table.column(column.name));
}
void order_by(StatementParts& parts, const Json& link)
{
    for (std::size_t i = 1; i != link.size(); ++i)
        parts.sort(link[i].get<std::string>());
}
void distinct(StatementParts& parts, const Json&)
{
    parts.shape.distinct = true;
    for (const auto& column : parts.table.view().columns)
        if (column.kind == coodie::ColumnKind::partition_key)
            parts.shape.columns.push(parts.table.column(column.name));
}
void group_by(StatementParts& parts, const Json& link)
{
    for (std::size_t i = 1; i != link.size(); ++i)
        parts.shape.group_by.push(parts.table.column(link[i].get<std::string>()));
}
void select_token(StatementParts& parts, const Json& link)
{
    for (std::size_t i = 1; i != link.size(); ++i)
        parts.shape.tokens.push(parts.table.column(link[i].get<std::string>()));
}

/// What a link of a chain does to the statement; links that only a driver can show are missing here.
const std::map<std::string, Link>& links()
{
    static const std::map<std::string, Link> known{
        {"filter", [](StatementParts& parts, const Json& link) { read_filters(parts, link.at(1)); }},
        {"is_null", [](StatementParts& parts,
                       const Json& link) { parts.add_condition(link.at(1).get<std::string>(), "isnull", true); }},
        {"is_not_null", [](StatementParts& parts,
                           const Json& link) { parts.add_condition(link.at(1).get<std::string>(), "isnull", false); }},
        {"limit", [](StatementParts& parts, const Json& link) { parts.limit(link.at(1)); }},
        {"per_partition_limit", [](StatementParts& parts, const Json& link) { parts.per_partition_limit(link.at(1)); }},
        {"ttl", [](StatementParts& parts, const Json& link) { parts.ttl(link.at(1)); }},
        {"timestamp", [](StatementParts& parts, const Json& link) { parts.timestamp(link.at(1)); }},
        {"allow_filtering", [](StatementParts& parts, const Json&) { parts.shape.allow_filtering = true; }},
        {"order_by_ann",
         [](StatementParts& parts, const Json& link) { parts.sort_near(link.at(1).get<std::string>(), link.at(2)); }},
        {"cast",
         [](StatementParts& parts, const Json& link) {
             parts.shape.casts.push(
                 {parts.table.column(link.at(1).get<std::string>()), type_named(link.at(2).get<std::string>())});
         }},
        {"only", only},
        {"values_list", only},
        {"defer", defer},
        {"order_by", order_by},
        {"distinct", distinct},
        {"group_by", group_by},
        {"select_token", select_token}};
    return known;
}

const std::map<std::string, cql::Selection>& terminals()
{
    using enum cql::Selection;
    static const std::map<std::string, cql::Selection> known{
        {"all", columns}, {"first", columns}, {"count", count},         {"sum", sum},       {"avg", avg}, {"min", min},
        {"max", max},     {"json", json},     {"writetime", writetime}, {"column_ttl", ttl}};
    return known;
}

}

Outcome filter(const Json& inputs)
{
    StatementParts parts{"", "t"};
    read_filters(parts, inputs.at("filters"));
    auto made = checked(parts);
    const auto where = made.cql.find("WHERE");
    made.cql.erase(0, where == std::string::npos ? made.cql.size() : where);
    return made;
}

std::optional<Outcome> query(const Json& inputs, const Models& models)
{
    const auto terminal = terminals().find(inputs.at("terminal").get<std::string>());
    if (terminal == terminals().end())
        return {};
    const auto& model = models.model(inputs.at("model").get<std::string>());
    StatementParts parts{model.at("settings").value("keyspace", ""),
                         model.at("settings").at("name").get<std::string>()};
    for (const auto& column : model.at("columns"))
        add_model_column(parts.table, column);
    for (const auto& link : inputs.at("chain")) {
        const auto known = links().find(link.at(0).get<std::string>());
        if (known == links().end())
            return {};
        known->second(parts, link);
    }
    parts.shape.selection = terminal->second;
    if (terminal->first == "first")
        parts.limit(1);
    if (inputs.contains("terminal_args") && inputs["terminal_args"].contains("column"))
        parts.shape.columns.push(parts.table.column(inputs["terminal_args"]["column"].get<std::string>()));
    return checked(parts);
}

}
