#pragma once

#include <coodie/container_codecs.hpp>
#include <coodie/testing/rows.hpp>
#include <lib/metadata/schema_refresh.hpp>

/// What a server would answer to the queries of a refresh, from a few written down rows.
struct SystemSchema
{
    using Texts = std::vector<std::string>;
    using Options = std::map<std::string, std::string>;

    struct Keyspace
    {
        std::string name;
        std::optional<Options> replication =
            Options{{"class", "org.apache.cassandra.locator.SimpleStrategy"}, {"replication_factor", "1"}};
        bool durable_writes = true;
    };
    struct Table
    {
        std::string keyspace;
        std::string name;
        std::string comment = {};
    };
    struct Column
    {
        std::string keyspace;
        std::string table;
        std::string name;
        std::string kind;
        std::int32_t position = -1;
        std::string type = "int";
        std::string order = "none";
    };
    struct Type
    {
        std::string keyspace;
        std::string name;
        Texts fields;
        Texts types;
    };
    struct View
    {
        std::string keyspace;
        std::string name;
        std::string base;
    };
    struct Index
    {
        std::string keyspace;
        std::string table;
        std::string name;
        std::string kind;
        Options options;
    };
    struct Function
    {
        std::string keyspace;
        std::string name;
        Texts arguments;
        Texts types;
        std::string return_type;
    };
    struct Aggregate
    {
        std::string keyspace;
        std::string name;
        Texts types;
        std::string state_function;
        std::string state_type;
        std::optional<std::string> final_function;
    };
    struct ScyllaTable
    {
        std::string keyspace;
        std::string table;
        std::string partitioner;
    };

    std::vector<Keyspace> keyspaces = {};
    std::vector<Table> tables = {};
    std::vector<Column> columns = {};
    std::vector<Type> types = {};
    std::vector<View> views = {};
    std::vector<Index> indexes = {};
    std::vector<Function> functions = {};
    std::vector<Aggregate> aggregates = {};
    std::vector<ScyllaTable> scylla_tables = {};
    std::vector<std::string> virtual_keyspaces = {};
    std::vector<Table> virtual_tables = {};
    std::vector<Column> virtual_columns = {};

    /// A table with the one key column "id", and these regular ones.
    void add_table(const std::string& keyspace, const std::string& name,
                   const std::vector<std::pair<std::string, std::string>>& regular = {});

    /// The rows that a query selects, as the server's WHERE would.
    coodie::Rows answer(const coodie::metadata::SchemaQuery& query) const;

    /// One refresh as it should go: every query answered.
    coodie::metadata::SchemaRefresh::Outcome refresh(std::shared_ptr<const coodie::SchemaMetadata> known,
                                                     coodie::metadata::SchemaDue due,
                                                     coodie::metadata::SchemaSources sources = {}) const;
    std::shared_ptr<const coodie::SchemaMetadata> read() const
    {
        return refresh(nullptr, coodie::metadata::SchemaDue::everything()).schema;
    }
};
