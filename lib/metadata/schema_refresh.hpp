#pragma once

#include <lib/metadata/schema_queries.hpp>

namespace coodie::metadata {

/// One refresh of the schema: what to ask, and what the answers make of the schema known before.
class SchemaRefresh
{
public:
    struct Outcome
    {
        std::shared_ptr<const SchemaMetadata> schema; ///< `known` itself when nothing changed
        std::vector<std::string> warnings;
    };

    SchemaRefresh(std::shared_ptr<const SchemaMetadata> known, SchemaDue due, SchemaSources sources);

    /// In any order, one at a time or all at once.
    const std::vector<SchemaQuery>& queries() const noexcept { return queries_; }
    /// One page of the answer to the query at this place. Queries may have several pages, and optional ones none.
    void answer(std::size_t query, Rows page);
    /// Once, when all is answered.
    Outcome finish();

private:
    SchemaRows sorted() const;
    SchemaMetadata read_everything(const SchemaRows& rows) const;
    SchemaMetadata read_due(const SchemaRows& rows) const;
    KeyspaceMetadata read_parts(const KeyspaceMetadata& known, const KeyspaceParts& parts,
                                const KeyspaceRows& rows) const;

    std::shared_ptr<const SchemaMetadata> known_;
    SchemaDue due_;
    std::vector<SchemaQuery> queries_;
    std::vector<std::vector<Rows>> pages_; ///< of each query
};

}
