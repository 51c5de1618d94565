#include <lib/metadata/schema_due.hpp>

namespace coodie::metadata {

namespace {

KeyspaceDue due_for(const SchemaChange& change)
{
    const bool dropped = change.change == "DROPPED";
    if (change.target == "KEYSPACE")
        return dropped ? KeyspaceDue{DroppedKeyspace{}} : KeyspaceDue{WholeKeyspace{}};
    if (change.target == "TABLE")
        return KeyspaceParts{.relations = {{change.name, dropped}}};
    if (change.target == "TYPE")
        return KeyspaceParts{.types = true};
    if (change.target == "FUNCTION")
        return KeyspaceParts{.functions = {change.name}};
    if (change.target == "AGGREGATE")
        return KeyspaceParts{.aggregates = {change.name}};
    return WholeKeyspace{};
}

void add_parts(KeyspaceParts& parts, KeyspaceParts later)
{
    for (const auto& [name, dropped] : later.relations)
        parts.relations[name] = dropped;
    parts.functions.merge(later.functions);
    parts.aggregates.merge(later.aggregates);
    parts.types = parts.types || later.types;
}

/// What is to be done when `later` follows on `due`.
void add_to(KeyspaceDue& due, KeyspaceDue later)
{
    auto* const parts = std::get_if<KeyspaceParts>(&due);
    auto* const later_parts = std::get_if<KeyspaceParts>(&later);
    if (parts && later_parts)
        add_parts(*parts, std::move(*later_parts));
    else if (later_parts)
        due = WholeKeyspace{};
    else
        due = std::move(later);
    if (const auto* const all = std::get_if<KeyspaceParts>(&due); all && all->size() > SchemaDue::max_parts)
        due = WholeKeyspace{};
}

}

void SchemaDue::add(const SchemaChange& change)
{
    if (change.keyspace.empty())
        make_full();
    else
        add(change.keyspace, due_for(change));
}

void SchemaDue::add(const std::string& keyspace, KeyspaceDue due)
{
    if (full_)
        return;
    const auto [found, is_new] = keyspaces_.try_emplace(keyspace);
    if (is_new)
        found->second = std::move(due);
    else
        add_to(found->second, std::move(due));
    if (keyspaces_.size() > max_keyspaces)
        make_full();
}

void SchemaDue::merge(SchemaDue later)
{
    if (later.full_)
        return make_full();
    for (auto& [keyspace, due] : later.keyspaces_)
        add(keyspace, std::move(due));
}

void SchemaDue::make_full()
{
    full_ = true;
    keyspaces_.clear();
}

}
