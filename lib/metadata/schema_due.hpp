#pragma once

#include <coodie/rows.hpp>
#include <set>
#include <variant>

namespace coodie::metadata {

/// What of one keyspace is to be read again.
struct KeyspaceParts
{
    std::map<std::string, bool> relations = {}; ///< tables and views; true: dropped, there is nothing to read
    std::set<std::string> functions = {};       ///< every overload of these names
    std::set<std::string> aggregates = {};      ///< ″
    bool types = false;                         ///< all of them, since they are made of each other

    std::size_t size() const noexcept { return relations.size() + functions.size() + aggregates.size() + types; }
    friend bool operator==(const KeyspaceParts&, const KeyspaceParts&) = default;
};
struct WholeKeyspace
{
    friend bool operator==(const WholeKeyspace&, const WholeKeyspace&) = default;
};
struct DroppedKeyspace
{
    friend bool operator==(const DroppedKeyspace&, const DroppedKeyspace&) = default;
};
using KeyspaceDue = std::variant<KeyspaceParts, WholeKeyspace, DroppedKeyspace>;

/// What of a schema is to be read again: the smallest set that covers all changes so far.
class SchemaDue
{
public:
    /// More parts of a keyspace than this are the whole keyspace, and more keyspaces the whole schema.
    static constexpr std::size_t max_parts = 16;
    static constexpr std::size_t max_keyspaces = 8;

    static SchemaDue everything()
    {
        SchemaDue due;
        due.full_ = true;
        return due;
    }

    /// Changes come in their order: a table dropped and then created is there. Kinds that nobody knows count as a
    /// change of the whole keyspace.
    void add(const SchemaChange& change);
    void add(const std::string& keyspace, KeyspaceDue due);
    /// What happened after this.
    void merge(SchemaDue later);

    bool empty() const noexcept { return !full_ && keyspaces_.empty(); }
    bool is_full() const noexcept { return full_; }
    const std::map<std::string, KeyspaceDue>& keyspaces() const noexcept { return keyspaces_; }

    friend bool operator==(const SchemaDue&, const SchemaDue&) = default;

private:
    void make_full();

    bool full_ = false;
    std::map<std::string, KeyspaceDue> keyspaces_;
};

}
