#include <lib/metadata/cells.hpp>
#include <lib/metadata/keyspace_reader.hpp>
#include <lib/metadata/retyped.hpp>
#include <lib/metadata/schema_refresh.hpp>

namespace coodie::metadata {

namespace {

std::vector<Row> rows_named(const std::vector<Row>& rows, std::string_view column, const std::string& name)
{
    std::vector<Row> found;
    for (const auto& row : rows)
        if (read_text(row, column) == name)
            found.push_back(row);
    return found;
}

const RelationRows& relation_named(const KeyspaceRows& rows, const std::string& name)
{
    static const RelationRows nothing;
    const auto found = rows.relations.find(name);
    return found == rows.relations.end() ? nothing : found->second;
}

/// With the parts of `known` that did not change; it itself when nothing did.
std::shared_ptr<const KeyspaceMetadata> shared_with(std::shared_ptr<const KeyspaceMetadata> known,
                                                    KeyspaceMetadata fresh)
{
    if (!known)
        return std::make_shared<const KeyspaceMetadata>(std::move(fresh));
    fresh.tables = share_equal(std::move(fresh.tables), known->tables);
    fresh.views = share_equal(std::move(fresh.views), known->views);
    fresh.types = share_equal(std::move(fresh.types), known->types);
    fresh.functions = share_equal(std::move(fresh.functions), known->functions);
    fresh.aggregates = share_equal(std::move(fresh.aggregates), known->aggregates);
    return fresh == *known ? known : std::make_shared<const KeyspaceMetadata>(std::move(fresh));
}

}

SchemaRefresh::SchemaRefresh(std::shared_ptr<const SchemaMetadata> known, SchemaDue due, SchemaSources sources)
    : known_{known ? std::move(known) : std::make_shared<const SchemaMetadata>()},
      due_{widened(std::move(due), *known_)}, queries_{queries_for(due_, sources)}, pages_(queries_.size())
{
}

void SchemaRefresh::answer(std::size_t query, Rows page)
{
    pages_[query].push_back(std::move(page));
}

SchemaRefresh::Outcome SchemaRefresh::finish()
{
    const auto rows = sorted();
    auto next = due_.is_full() ? read_everything(rows) : read_due(rows);
    auto schema =
        next.keyspaces == known_->keyspaces ? known_ : std::make_shared<const SchemaMetadata>(std::move(next));
    return {std::move(schema), rows.warnings().sentences()};
}

SchemaRows SchemaRefresh::sorted() const
{
    SchemaRows rows;
    for (std::size_t query = 0; query != queries_.size(); ++query)
        for (const auto& page : pages_[query])
            rows.add(queries_[query].table, page);
    return rows;
}

SchemaMetadata SchemaRefresh::read_everything(const SchemaRows& rows) const
{
    SchemaMetadata next;
    for (const auto& [name, keyspace] : rows.keyspaces())
        if (keyspace.keyspace)
            next.keyspaces[name] = shared_with(known_->keyspace(name), KeyspaceReader::read(name, keyspace));
    return next;
}

SchemaMetadata SchemaRefresh::read_due(const SchemaRows& rows) const
{
    auto next = *known_;
    for (const auto& [name, due] : due_.keyspaces()) {
        const auto& of_keyspace = rows.keyspace(name);
        const auto known = known_->keyspace(name);
        if (const auto* const parts = std::get_if<KeyspaceParts>(&due))
            next.keyspaces[name] = shared_with(known, read_parts(*known, *parts, of_keyspace));
        else if (of_keyspace.keyspace)
            next.keyspaces[name] = shared_with(known, KeyspaceReader::read(name, of_keyspace));
        else
            next.keyspaces.erase(name);
    }
    return next;
}

KeyspaceMetadata SchemaRefresh::read_parts(const KeyspaceMetadata& known, const KeyspaceParts& parts,
                                           const KeyspaceRows& rows) const
{
    KeyspaceReader reader{known};
    if (parts.types)
        reader.read_types(rows.types);
    for (const auto& [name, dropped] : parts.relations)
        reader.read_relation(name, relation_named(rows, name));
    for (const auto& name : parts.functions)
        reader.read_functions(name, rows_named(rows.functions, "function_name", name));
    for (const auto& name : parts.aggregates)
        reader.read_aggregates(name, rows_named(rows.aggregates, "aggregate_name", name));
    return reader.take();
}

}
