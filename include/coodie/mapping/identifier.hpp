#pragma once

#include <array>
#include <coodie/export.hpp>
#include <coodie/mapping/sink.hpp>
#include <string>
#include <string_view>

namespace coodie::cql {

/// CQL's reserved words: never a name without quotes. Sorted.
inline constexpr std::array<std::string_view, 62> reserved_words{
    "add",         "allow",        "alter",    "and",     "apply",        "asc",   "authorize", "batch",    "begin",
    "by",          "columnfamily", "create",   "default", "delete",       "desc",  "describe",  "drop",     "entries",
    "execute",     "from",         "full",     "grant",   "if",           "in",    "index",     "infinity", "insert",
    "into",        "is",           "keyspace", "limit",   "materialized", "mbean", "mbeans",    "modify",   "nan",
    "norecursive", "not",          "null",     "of",      "on",           "or",    "order",     "primary",  "rename",
    "replace",     "revoke",       "schema",   "select",  "set",          "table", "to",        "token",    "truncate",
    "unlogged",    "unset",        "update",   "use",     "using",        "view",  "where",     "with"};

namespace detail {

constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equal_folded(std::string_view name, std::string_view word) noexcept
{
    if (name.size() != word.size())
        return false;
    for (std::size_t i = 0; i != name.size(); ++i)
        if (lower(name[i]) != word[i])
            return false;
    return true;
}

constexpr bool is_reserved(std::string_view name) noexcept
{
    for (const auto word : reserved_words)
        if (equal_folded(name, word))
            return true;
    return false;
}

/// A letter, then letters, digits and underscores: what CQL reads as it stands.
constexpr bool is_plain(std::string_view name) noexcept
{
    if (name.empty() || lower(name[0]) < 'a' || lower(name[0]) > 'z')
        return false;
    for (const char c : name)
        if (!((lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    return true;
}

/// In double quotes, every quote inside doubled: such a name is taken as it stands.
constexpr bool is_quoted(std::string_view name) noexcept
{
    if (name.size() < 2 || name.front() != '"' || name.back() != '"')
        return false;
    const auto inside = name.substr(1, name.size() - 2);
    for (std::size_t i = 0; i != inside.size(); ++i)
        if (inside[i] == '"' && (++i == inside.size() || inside[i] != '"'))
            return false;
    return true;
}

}

/// A column: always in quotes, quotes inside doubled; its case is kept.
constexpr void write_column(Sink& out, std::string_view name)
{
    out.write_quoted(name);
}

/// A keyspace, table, view, type or index: plain where CQL reads it as it stands (the server folds its case), as it is
/// when it is quoted already, else folded and quoted. Whatever the name holds, it stays one name.
constexpr void write_name(Sink& out, std::string_view name)
{
    if (detail::is_quoted(name) || (detail::is_plain(name) && !detail::is_reserved(name)))
        return out.write(name);
    out.write('"');
    for (const char c : name) {
        out.write(detail::lower(c));
        if (c == '"')
            out.write(c);
    }
    out.write('"');
}

/// `keyspace.name`; the name alone when there is no keyspace.
constexpr void write_name(Sink& out, std::string_view keyspace, std::string_view name)
{
    if (!keyspace.empty()) {
        write_name(out, keyspace);
        out.write('.');
    }
    write_name(out, name);
}

COODIE_API std::string quoted_name(std::string_view name);
/// What names a keyspace in CQL that the server keeps as `stored`: in quotes where its case would be lost.
COODIE_API std::string name_of_stored(std::string_view stored);
COODIE_API std::string qualified_name(std::string_view keyspace, std::string_view name);
/// The name as system_schema keeps it: without quotes, or folded.
COODIE_API std::string schema_name(std::string_view name);
/// `HTTPAddress` as `http_address`: what a class is called as a table or type.
COODIE_API std::string snake_case(std::string_view name);

}
