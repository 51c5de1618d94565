#pragma once

#include <coodie/mapping/fixed_string.hpp>
#include <coodie/mapping/table_schema.hpp>

namespace coodie {

// What a Field says about its column: `Field<&User::email, Indexed{}>`, in any order and number.

/// Part of the partition key: the parts by `index`, equal ones as declared.
struct PrimaryKey
{
    std::uint8_t index = 0;
};

/// Part of the clustering key, behind the partition key.
struct ClusteringKey
{
    Order order = Order::ascending;
    std::uint8_t index = 0;
};

/// A secondary index, called <table>_<column>_idx unless it has a name.
template <std::size_t N = 1> struct Indexed
{
    FixedString<N> name = {};

    consteval Indexed() = default;
    consteval Indexed(const char (&text)[N]) : name{text} {}
};
Indexed() -> Indexed<1>;

/// The column's name, where it is not the member's.
template <std::size_t N> struct Named
{
    FixedString<N> name;

    consteval Named(const char (&text)[N]) : name{text} {}
};

/// One value a partition.
struct Static
{
};

/// A column that only counts: changed by += and -=.
struct Counter
{
};

/// Written and read as one value.
struct Frozen
{
};

/// An index for order_by(ann_of(...)), on std::array<float, N>.
struct VectorIndex
{
    Similarity similarity = Similarity::cosine;
};

// What a Table says beside its Fields.

/// The keyspace of this table, instead of the driver's.
template <FixedString Name> struct Keyspace
{
};

/// Options of the table: `TextOption<"comment", "people">`, `NumberOption<"gc_grace_seconds", 3600>`.
template <FixedString Name, FixedString Text> struct TextOption
{
};
template <FixedString Name, std::int64_t Number> struct NumberOption
{
};
/// Rows go away after so many seconds.
template <std::int64_t Seconds> using DefaultTtl = NumberOption<"default_time_to_live", Seconds>;

namespace detail {

constexpr void apply(Column& column, PrimaryKey key) noexcept
{
    column.kind = ColumnKind::partition_key;
    column.position = key.index;
}
constexpr void apply(Column& column, ClusteringKey key) noexcept
{
    column.kind = ColumnKind::clustering;
    column.order = key.order;
    column.position = key.index;
}
template <std::size_t N> constexpr void apply(Column& column, const Indexed<N>& index) noexcept
{
    column.indexed = true;
    column.index_name = index.name.view();
}
template <std::size_t N> constexpr void apply(Column& column, const Named<N>& named) noexcept
{
    column.name = named.name.view();
}
constexpr void apply(Column& column, Static) noexcept
{
    column.kind = ColumnKind::static_;
}
constexpr void apply(Column& column, Counter) noexcept
{
    column.counter = true;
}
constexpr void apply(Column& column, Frozen) noexcept
{
    column.frozen = true;
}
constexpr void apply(Column& column, VectorIndex index) noexcept
{
    column.vector_index = index.similarity;
}

}

}
