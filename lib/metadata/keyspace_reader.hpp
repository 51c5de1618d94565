#pragma once

#include <lib/metadata/schema_rows.hpp>
#include <lib/metadata/user_types.hpp>

namespace coodie::metadata {

/// Makes the next keyspace from rows, and, where only parts of it are read again, from the one before.
/// What cannot be read is left out and told of in its `problems`; the rest is none the worse.
class KeyspaceReader
{
public:
    /// Everything anew.
    static KeyspaceMetadata read(const std::string& name, const KeyspaceRows& rows);

    /// Shares with `known` what is not read again.
    explicit KeyspaceReader(const KeyspaceMetadata& known) : next_{known}, types_{known} {}

    /// The table or view of this name, and all its indexes; gone when no row tells of it.
    void read_relation(const std::string& name, const RelationRows& rows);
    /// Every overload.
    void read_functions(const std::string& name, const std::vector<Row>& rows);
    void read_aggregates(const std::string& name, const std::vector<Row>& rows);
    /// All types of the keyspace, and with them the columns, functions and aggregates that use them.
    void read_types(const std::vector<Row>& rows);

    KeyspaceMetadata take() noexcept { return std::move(next_); }

private:
    KeyspaceReader(const std::string& name, const std::vector<Row>& types);

    void add_table(const std::string& name, const RelationRows& rows);
    void add_view(const std::string& name, const RelationRows& rows);
    void add_function(const Row& row);
    void add_aggregate(const Row& row);
    void forget_relation(const std::string& name);

    KeyspaceMetadata next_;
    UserTypes types_;
};

}
