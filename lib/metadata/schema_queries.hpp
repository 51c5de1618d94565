#pragma once

#include <coodie/metadata.hpp>
#include <coodie/statement.hpp>
#include <lib/metadata/schema_due.hpp>
#include <lib/metadata/schema_rows.hpp>

namespace coodie::metadata {

struct SchemaQuery
{
    SchemaTable table;
    std::string_view cql; ///< names of keyspaces and tables are values, never text
    std::vector<std::string> values;
    bool optional = false; ///< servers without that table refuse it; it is then left unanswered

    Statement statement() const;
};

/// Tables that not every server has.
struct SchemaSources
{
    bool scylla_tables = false;  ///< Scylla
    bool virtual_tables = false; ///< Cassandra 4 and newer

    static SchemaSources of(std::string_view release_version, bool is_scylla) noexcept;
};

/// What is due, widened where the parts alone could not be understood: parts of a keyspace that `known` has not are
/// the whole keyspace, and new types too where something could not be read before.
SchemaDue widened(SchemaDue due, const SchemaMetadata& known);

std::vector<SchemaQuery> queries_for(const SchemaDue& due, SchemaSources sources);

}
