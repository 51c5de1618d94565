#pragma once

#include <array>
#include <coodie/data_type.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <cstddef>
#include <cstdint>

namespace coodie {

/// How a condition compares.
enum class Op : std::uint8_t
{
    eq,
    ne, ///< in IF only
    lt,
    le,
    gt,
    ge,
    in,
    contains,
    contains_key,
    like,
    is_null, ///< no CQL in a query: refused
    is_not_null,
};

namespace cql {

/// A list of at most N, fit for template arguments. Beyond N it only counts: `overflowed()`.
template <class T, std::size_t N> struct Few
{
    std::array<T, N> items{};
    std::uint16_t count = 0;

    constexpr void push(const T& item) noexcept
    {
        if (count < N)
            items[count] = item;
        ++count;
    }
    constexpr bool overflowed() const noexcept { return count > N; }
    constexpr bool empty() const noexcept { return count == 0; }
    constexpr std::size_t size() const noexcept { return count < N ? count : N; }
    constexpr const T* begin() const noexcept { return items.data(); }
    constexpr const T* end() const noexcept { return items.data() + size(); }
    constexpr const T& operator[](std::size_t i) const noexcept { return items[i]; }
    friend bool operator==(const Few&, const Few&) = default;
};

/// A column's number in its table.
using ColumnNumber = std::uint16_t;
inline constexpr ColumnNumber unknown_column = 0xFFFF;

enum class Verb : std::uint8_t
{
    select,
    insert,
    insert_json,
    update,
    erase,
};

/// What a SELECT asks for.
enum class Selection : std::uint8_t
{
    columns, ///< those of the shape; all when it has none
    count,
    sum,
    avg,
    min,
    max,
    json,
    writetime,
    ttl,
};

enum class If : std::uint8_t
{
    always,
    not_exists,
    exists,
    conditions,
};

struct Condition
{
    ColumnNumber column = 0;
    Op op = Op::eq;
    bool token = false; ///< on TOKEN(partition key)

    friend bool operator==(const Condition&, const Condition&) = default;
};

/// What SET does to a column, or DELETE to an element.
enum class Changing : std::uint8_t
{
    assign,  ///< "c" = ?
    add,     ///< "c" = "c" + ?
    prepend, ///< "c" = ? + "c"
    remove,  ///< "c" = "c" - ?
    put,     ///< "c"[?] = ?
    erase,   ///< DELETE "c"[?]
};

struct Change
{
    ColumnNumber column = 0;
    Changing changing = Changing::assign;

    friend bool operator==(const Change&, const Change&) = default;
};

enum class Sorting : std::uint8_t
{
    ascending,
    descending,
    ann,
};

struct Sort
{
    ColumnNumber column = 0;
    Sorting sorting = Sorting::ascending;

    friend bool operator==(const Sort&, const Sort&) = default;
};

struct Cast
{
    ColumnNumber column = 0;
    TypeId type = TypeId::custom;

    friend bool operator==(const Cast&, const Cast&) = default;
};

/// A statement without its values: all that its text and its rules depend on.
struct Shape
{
    Verb verb = Verb::select;
    Selection selection = Selection::columns;
    If only_if = If::always;
    bool distinct = false;
    bool allow_filtering = false;
    bool limit = false;
    bool per_partition_limit = false;
    bool ttl = false;
    bool timestamp = false;
    Few<ColumnNumber, 32> columns = {}; ///< selected, inserted or deleted; none: all
    Few<Cast, 4> casts = {};
    Few<ColumnNumber, 4> tokens = {}; ///< selected as TOKEN(...)
    Few<Condition, 16> conditions = {};
    Few<Change, 32> changes = {};
    Few<Condition, 8> if_conditions = {};
    Few<ColumnNumber, 8> group_by = {};
    Few<Sort, 8> order_by = {};

    friend bool operator==(const Shape&, const Shape&) = default;
};

}

}
