#include <lib/metadata/cells.hpp>
#include <lib/metadata/function_reader.hpp>
#include <lib/metadata/keyspace_reader.hpp>
#include <lib/metadata/relation_reader.hpp>
#include <lib/metadata/replication_options.hpp>
#include <lib/metadata/retyped.hpp>

namespace coodie::metadata {

namespace {

using Options = std::map<std::string, std::string>;

std::vector<UserTypes::Definition> definitions_in(const std::vector<Row>& rows)
{
    std::vector<UserTypes::Definition> definitions;
    for (const auto& row : rows)
        definitions.push_back({.name = read_text(row, "type_name"),
                               .field_names = read_texts(row, "field_names"),
                               .field_types = read_texts(row, "field_types")});
    return definitions;
}

template <class Part> void forget_named(ByName<Part>& parts, const std::string& name)
{
    std::erase_if(parts, [&](const auto& part) { return part.second->name == name; });
}

/// Problems of functions are told by signature.
void forget_problems(UserTypes::Problems& problems, const std::string& what)
{
    std::erase_if(problems, [&](const auto& problem) { return problem.first.starts_with(what); });
}

Replication replication_of(const KeyspaceRows& rows)
{
    auto replication = read_replication(read<Options>(*rows.keyspace, "replication").value_or(Options{}));
    if (rows.is_virtual)
        replication.strategy = ReplicationStrategy::local;
    return replication;
}

}

KeyspaceReader::KeyspaceReader(const std::string& name, const std::vector<Row>& types)
    : types_{name, definitions_in(types), next_.problems}
{
    next_.name = name;
    next_.types = types_.types();
    next_.type_order = types_.order();
}

KeyspaceMetadata KeyspaceReader::read(const std::string& name, const KeyspaceRows& rows)
{
    KeyspaceReader reader{name, rows.types};
    auto& keyspace = reader.next_;
    keyspace.is_virtual = rows.is_virtual;
    keyspace.replication = replication_of(rows);
    keyspace.durable_writes = metadata::read<bool>(*rows.keyspace, "durable_writes").value_or(true);
    if (keyspace.replication.strategy == ReplicationStrategy::unknown &&
        !keyspace.replication.options.contains("class"))
        keyspace.problems["replication"] = "its options name no class";
    for (const auto& [relation, relation_rows] : rows.relations)
        reader.read_relation(relation, relation_rows);
    for (const auto& row : rows.functions)
        reader.add_function(row);
    for (const auto& row : rows.aggregates)
        reader.add_aggregate(row);
    return reader.take();
}

void KeyspaceReader::read_relation(const std::string& name, const RelationRows& rows)
{
    forget_relation(name);
    if (rows.table)
        add_table(name, rows);
    if (rows.view)
        add_view(name, rows);
}

void KeyspaceReader::forget_relation(const std::string& name)
{
    next_.tables.erase(name);
    next_.views.erase(name);
    next_.problems.erase("table " + name);
    next_.problems.erase("view " + name);
}

void KeyspaceReader::add_table(const std::string& name, const RelationRows& rows)
{
    auto table = read_table(next_.name, name, rows, types_);
    if (table)
        next_.tables[name] = std::make_shared<const TableMetadata>(std::move(*table));
    else
        next_.problems["table " + name] = table.error().message();
}

void KeyspaceReader::add_view(const std::string& name, const RelationRows& rows)
{
    auto view = read_view(next_.name, name, rows, types_);
    if (view)
        next_.views[name] = std::make_shared<const ViewMetadata>(std::move(*view));
    else
        next_.problems["view " + name] = view.error().message();
}

void KeyspaceReader::read_functions(const std::string& name, const std::vector<Row>& rows)
{
    forget_named(next_.functions, name);
    forget_problems(next_.problems, "function " + name + "(");
    for (const auto& row : rows)
        add_function(row);
}

void KeyspaceReader::read_aggregates(const std::string& name, const std::vector<Row>& rows)
{
    forget_named(next_.aggregates, name);
    forget_problems(next_.problems, "aggregate " + name + "(");
    for (const auto& row : rows)
        add_aggregate(row);
}

void KeyspaceReader::add_function(const Row& row)
{
    auto function = read_function(next_.name, row, types_);
    auto name = signature(row);
    if (function)
        next_.functions[name] = std::make_shared<const FunctionMetadata>(std::move(*function));
    else
        next_.problems["function " + name] = function.error().message();
}

void KeyspaceReader::add_aggregate(const Row& row)
{
    auto aggregate = read_aggregate(next_.name, row, types_);
    auto name = signature(row);
    if (aggregate)
        next_.aggregates[name] = std::make_shared<const AggregateMetadata>(std::move(*aggregate));
    else
        next_.problems["aggregate " + name] = aggregate.error().message();
}

void KeyspaceReader::read_types(const std::vector<Row>& rows)
{
    forget_problems(next_.problems, "type ");
    types_ = UserTypes{next_.name, definitions_in(rows), next_.problems};
    next_.types = share_equal(types_.types(), next_.types);
    next_.type_order = types_.order();
    retype(next_, types_);
}

}
