#pragma once

#include <coodie/export.hpp>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace coodie {

/// [option] ids of CQL v4 section 4.2.5.2. `duration` is a v5 id that servers accept and some send.
/// `vector` is ours (0x8000): on the wire a vector is a custom class (0x0000) with a name.
enum class TypeId : std::uint16_t
{
    custom = 0x0000,
    ascii = 0x0001,
    bigint = 0x0002,
    blob = 0x0003,
    boolean = 0x0004,
    counter = 0x0005,
    decimal = 0x0006,
    double_ = 0x0007,
    float_ = 0x0008,
    int_ = 0x0009,
    timestamp = 0x000B,
    uuid = 0x000C,
    text = 0x000D, ///< varchar
    varint = 0x000E,
    timeuuid = 0x000F,
    inet = 0x0010,
    date = 0x0011,
    time = 0x0012,
    smallint = 0x0013,
    tinyint = 0x0014,
    duration = 0x0015,
    list = 0x0020,
    map = 0x0021,
    set = 0x0022,
    udt = 0x0030,
    tuple = 0x0031,
    vector = 0x8000,
};

/// A type that its id says all of.
constexpr bool is_plain(TypeId id) noexcept
{
    return id != TypeId::custom && id < TypeId::list;
}

/// A CQL type: a tree that owns itself. Equal when every node is equal; `frozen` is no part of it.
struct COODIE_API DataType
{
    TypeId id = TypeId::custom;
    std::vector<DataType> elements = {};       ///< list, set, vector: 1; map: key, value; tuple, udt: one a field
    std::uint32_t dimension = 0;               ///< vector only
    std::string keyspace = {};                 ///< udt only
    std::string name = {};                     ///< udt: its name; custom: its class
    std::vector<std::string> field_names = {}; ///< udt only

    friend bool operator==(const DataType& a, const DataType& b) noexcept
    {
        return a.id == b.id && (is_plain(a.id) || a.has_parts_of(b));
    }

    /// As CQL spells it: "map<text, list<int>>", "vector<float, 3>", "'org.example.Type'".
    std::string to_string() const;

private:
    bool has_parts_of(const DataType& other) const noexcept;
};

/// A type by function, so that tables of types are constants and their trees are built when first asked for.
using TypeOf = const DataType& (*)();

namespace detail {

/// The DataType of a type without parts.
COODIE_API const DataType& plain_type(TypeId id) noexcept;
/// A type of these parts. Lifetime: for ever; made once for each C++ type that asks.
COODIE_API const DataType& type_of_parts(TypeId id, std::initializer_list<TypeOf> parts, std::uint32_t dimension = 0);

}

}
