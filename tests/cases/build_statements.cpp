#include "arguments.hpp"
#include "statement_parts.hpp"

#include <coodie/mapping/ddl.hpp>
#include <coodie/mapping/statement_rules.hpp>
#include <memory>

namespace cases {

namespace cql = coodie::cql;

namespace {

std::unique_ptr<StatementParts> statement(Arguments& arguments, cql::Verb verb)
{
    auto parts = std::make_unique<StatementParts>(arguments.text("keyspace"), arguments.text("table"));
    parts->shape.verb = verb;
    return parts;
}

void read_where(StatementParts& parts, const Json& triples)
{
    for (const auto& triple : triples)
        parts.add_condition(triple.at(0).get<std::string>(), triple.at(1).get<std::string>(), triple.at(2));
}

/// {"x__lte": 4}: a word behind two underscores is an operator, anything else belongs to the name.
void read_ifs(StatementParts& parts, const Json& conditions)
{
    static const std::set<std::string> words{"ne", "gt", "gte", "lt", "lte", "in"};
    for (const auto& [name, value] : conditions.items()) {
        const auto at = name.rfind("__");
        const bool suffixed = at != std::string::npos && words.contains(name.substr(at + 2));
        parts.add_if(suffixed ? name.substr(0, at) : name, suffixed ? name.substr(at + 2) : "eq", value);
    }
}

void read_using(StatementParts& parts, Arguments& arguments)
{
    if (const auto& ttl = arguments["ttl"]; !ttl.is_null())
        parts.ttl(ttl);
    if (const auto& timestamp = arguments["timestamp"]; !timestamp.is_null())
        parts.timestamp(timestamp);
}

/// IF EXISTS stands alone: conditions beside it are coodie's to drop.
void read_only_if(StatementParts& parts, Arguments& arguments)
{
    const auto& conditions = arguments["if_conditions"];
    if (arguments.flag("if_exists"))
        parts.shape.only_if = cql::If::exists;
    else if (!conditions.is_null())
        read_ifs(parts, conditions);
}

void read_columns(StatementParts& parts, const Json& columns)
{
    for (const auto& column : columns)
        parts.shape.columns.push(parts.table.column(column.get<std::string>()));
}

Outcome select(Arguments& arguments)
{
    const auto parts = statement(arguments, cql::Verb::select);
    parts->shape.distinct = arguments.flag("distinct");
    read_columns(*parts, arguments["columns"]);
    for (const auto& cast : arguments["cast"])
        parts->shape.casts.push(
            {parts->table.column(cast.at(0).get<std::string>()), type_named(cast.at(1).get<std::string>())});
    for (const auto& column : arguments["select_token"])
        parts->shape.tokens.push(parts->table.column(column.get<std::string>()));
    read_where(*parts, arguments["where"]);
    for (const auto& column : arguments["group_by"])
        parts->shape.group_by.push(parts->table.column(column.get<std::string>()));
    if (const auto& near = arguments["ann_of"]; !near.is_null())
        parts->sort_near(near.at(0).get<std::string>(), near.at(1));
    for (const auto& column : arguments["order_by"])
        parts->sort(column.get<std::string>());
    if (const auto& limit = arguments["limit"]; !limit.is_null())
        parts->limit(limit);
    if (const auto& limit = arguments["per_partition_limit"]; !limit.is_null())
        parts->per_partition_limit(limit);
    parts->shape.allow_filtering = arguments.flag("allow_filtering");
    return parts->outcome();
}

/// COUNT(*), SUM("a"), WRITETIME("a") ...: a selection of one value.
Builder selecting(cql::Selection selection)
{
    return [selection](Arguments& arguments) {
        const auto parts = statement(arguments, cql::Verb::select);
        parts->shape.selection = selection;
        if (const auto& column = arguments["column"]; !column.is_null())
            parts->shape.columns.push(parts->table.column(column.get<std::string>()));
        read_where(*parts, arguments["where"]);
        if (const auto& limit = arguments["limit"]; !limit.is_null())
            parts->limit(limit);
        parts->shape.allow_filtering = arguments.flag("allow_filtering");
        return parts->outcome();
    };
}

Outcome aggregate(Arguments& arguments)
{
    static const std::map<std::string, cql::Selection> functions{{"sum", cql::Selection::sum},
                                                                 {"avg", cql::Selection::avg},
                                                                 {"min", cql::Selection::min},
                                                                 {"max", cql::Selection::max}};
    auto name = arguments.text("func");
    for (auto& c : name)
        c = cql::detail::lower(c);
    const auto function = functions.find(name);
    if (function == functions.end())
        throw UnknownCase{"aggregate " + name};
    return selecting(function->second)(arguments);
}

Outcome with_objection(StatementParts& parts)
{
    const auto rule = cql::broken_rule(parts.table.view(), parts.shape);
    auto made = parts.outcome();
    if (rule == cql::Rule::conditional_timestamp)
        made.objection = cql::sentence(rule);
    return made;
}

Outcome insert(Arguments& arguments)
{
    const auto parts = statement(arguments, cql::Verb::insert);
    for (const auto& [column, value] : arguments["data"].items()) {
        parts->table.column(column);
        parts->columns_bound.push_back(value);
    }
    for (const auto& column : arguments["columns"])
        parts->table.column(column.get<std::string>());
    for (const auto& value : arguments["values"])
        parts->columns_bound.push_back(value);
    if (arguments.flag("if_not_exists"))
        parts->shape.only_if = cql::If::not_exists;
    read_using(*parts, arguments);
    return with_objection(*parts);
}

Outcome insert_json(Arguments& arguments)
{
    const auto parts = statement(arguments, cql::Verb::insert_json);
    parts->columns_bound.push_back(arguments["json_string"]);
    if (arguments.flag("if_not_exists"))
        parts->shape.only_if = cql::If::not_exists;
    read_using(*parts, arguments);
    return with_objection(*parts);
}

Outcome update(Arguments& arguments)
{
    const auto parts = statement(arguments, cql::Verb::update);
    for (const auto& [column, value] : arguments["set_data"].items())
        parts->assign(column, value);
    for (const auto& change : arguments["collection_ops"])
        parts->add_operation(change.at(0).get<std::string>(), change.at(1).get<std::string>(), change.at(2));
    read_where(*parts, arguments["where"]);
    read_only_if(*parts, arguments);
    read_using(*parts, arguments);
    return with_objection(*parts);
}

Outcome counter_update(Arguments& arguments)
{
    const auto parts = statement(arguments, cql::Verb::update);
    for (const auto& [column, value] : arguments["deltas"].items())
        parts->add_operation(column, "add", value);
    read_where(*parts, arguments["where"]);
    return parts->outcome();
}

Outcome erase(Arguments& arguments)
{
    const auto parts = statement(arguments, cql::Verb::erase);
    read_columns(*parts, arguments["columns"]);
    for (const auto& element : arguments["collection_elements"])
        parts->erase_element(element.at(0).get<std::string>(), element.at(1));
    read_where(*parts, arguments["where"]);
    read_only_if(*parts, arguments);
    read_using(*parts, arguments);
    return with_objection(*parts);
}

Outcome where_clause(Arguments& arguments)
{
    StatementParts parts{"", "t"};
    read_where(parts, arguments["filter_triples"]);
    auto made = parts.outcome();
    made.cql.erase(0, made.cql.find("WHERE"));
    return made;
}

Outcome batch(Arguments& arguments)
{
    Outcome made;
    std::vector<std::string> statements;
    for (const auto& statement : arguments["statements"]) {
        statements.push_back(statement.at(0).get<std::string>());
        for (const auto& value : statement.at(1))
            made.params.push_back(value);
    }
    const auto& logged = arguments["logged"];
    const auto& type = arguments["batch_type"];
    const auto& timestamp = arguments["timestamp"];
    const std::string kind = logged.is_null() || logged.get<bool>() ? "LOGGED" : "UNLOGGED";
    made.cql = cql::batch(statements, type.is_null() ? kind : type.get<std::string>(),
                          timestamp.is_null() ? std::nullopt : std::optional{timestamp.get<std::int64_t>()});
    return made;
}

}

Builders statement_builders()
{
    return {{"build_select", select},
            {"build_count", selecting(cql::Selection::count)},
            {"build_aggregate", aggregate},
            {"build_select_json", selecting(cql::Selection::json)},
            {"build_select_writetime", selecting(cql::Selection::writetime)},
            {"build_select_column_ttl", selecting(cql::Selection::ttl)},
            {"build_where_clause", where_clause},
            {"build_insert", insert},
            {"build_insert_from_columns", insert},
            {"build_insert_json", insert_json},
            {"build_update", update},
            {"build_counter_update", counter_update},
            {"build_delete", erase},
            {"build_batch", batch}};
}

}
