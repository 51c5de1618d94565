#pragma once

#include <coodie/column_kind.hpp>
#include <coodie/data_type.hpp>
#include <coodie/order.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace coodie {

/// As ==, in few steps of a compiler.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && __builtin_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// What is inside a column, as far as the rules ask.
enum class Container : std::uint8_t
{
    none,
    list,
    set,
    map,
};

/// How a vector index compares.
enum class Similarity : std::uint8_t
{
    none, ///< no vector index
    cosine,
    dot_product,
    euclidean,
};

/// A column as data: the same whether a document's Schema or a program at run time made it.
struct Column
{
    std::string_view name;
    std::string_view member = {};    ///< what the class calls it; empty: made at run time
    TypeOf type = nullptr;           ///< what the C++ type decides
    std::string_view type_text = {}; ///< instead of it, as CQL: "counter"
    ColumnKind kind = ColumnKind::regular;
    Order order = Order::ascending; ///< of a clustering column
    std::uint8_t position = 0;      ///< among the key columns of its kind; equal ones stand as declared
    Container container = Container::none;
    bool counter = false;
    bool frozen = false;
    bool vector = false;
    bool indexed = false;
    Similarity vector_index = Similarity::none;
    std::string_view index_name = {}; ///< empty: <table>_<column>_idx

    constexpr bool is_key() const noexcept
    {
        return kind == ColumnKind::partition_key || kind == ColumnKind::clustering;
    }
};

struct TableOption;

/// What an option is set to.
struct OptionValue
{
    enum Kind : std::uint8_t
    {
        number,
        text,    ///< written in quotes
        literal, ///< written as it stands: true, 0.01
        map,
    };
    Kind kind = number;
    std::int64_t integer = 0;
    std::string_view string = {};
    std::span<const TableOption> entries = {};
};

/// One option of a table: WITH name = value.
struct TableOption
{
    std::string_view name;
    OptionValue value;
};

/// A table as data. Lifetime: a view; a document's table lives for the whole program.
struct TableSchema
{
    std::string_view name;
    std::string_view keyspace = {}; ///< empty: the driver's
    std::string_view document = {}; ///< the class, for errors
    std::span<const Column> columns = {};
    std::span<const TableOption> options = {};

    constexpr std::size_t index_of(std::string_view column) const noexcept
    {
        const auto* const all = columns.data();
        const auto* const text = column.data();
        const auto size = column.size();
        const auto count = columns.size();
        std::size_t i = 0;
        while (i != count && (all[i].name.size() != size || __builtin_memcmp(all[i].name.data(), text, size) != 0))
            ++i;
        return i;
    }
    constexpr std::size_t count(ColumnKind kind) const noexcept
    {
        std::size_t n = 0;
        for (const auto& column : columns)
            n += column.kind == kind ? 1U : 0U;
        return n;
    }
    /// The key column of this kind that stands at `place` in the primary key; columns.size() when there are fewer.
    constexpr std::size_t key(ColumnKind kind, std::size_t place) const noexcept
    {
        for (std::size_t i = 0; i != columns.size(); ++i)
            if (columns[i].kind == kind && place_of(i) == place)
                return i;
        return columns.size();
    }
    /// Where the key column stands among those of its kind.
    constexpr std::size_t place_of(std::size_t column) const noexcept
    {
        std::size_t before = 0;
        for (std::size_t i = 0; i != columns.size(); ++i)
            if (columns[i].kind == columns[column].kind &&
                (columns[i].position < columns[column].position ||
                 (columns[i].position == columns[column].position && i < column)))
                ++before;
        return before;
    }
    constexpr bool has_counters() const noexcept
    {
        for (const auto& column : columns)
            if (column.counter)
                return true;
        return false;
    }
};

}
