#pragma once

#include <coodie/data_type.hpp>
#include <protocol/reader.hpp>
#include <protocol/types.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// How a type was written where that is not the way we write it: by a class's name, or by another id.
struct TypeSpelling
{
    std::size_t node; ///< counted from 0 through the message
    std::uint16_t id;
    std::string_view class_name;
};

/// Reads the [option]s of one message's types (CQL v4 section 4.2.5.2).
///     <id: short> [custom: <class: string>] [list, set: <element>] [map: <key> <value>]
///     [udt: <keyspace: string> <name: string> <n: short> n times <field: string> <type>] [tuple: <n: short> <types>]
/// Custom classes that name CQL types (vectors, durations ...) are read as those; others stay opaque.
/// Types nest no deeper than max_type_depth; there are no more than max_type_nodes, or than the body can hold.
class TypeReader
{
public:
    explicit TypeReader(Reader& in) noexcept;
    DataType read() { return read(0); }
    std::vector<TypeSpelling> take_spellings() noexcept { return std::move(spellings_); }

private:
    DataType read(std::size_t depth);
    void read_custom(DataType& type, std::size_t node);
    void read_unlisted(DataType& type, std::size_t node);
    void read_elements(DataType& type, std::size_t count, std::size_t depth);
    void read_udt(DataType& type, std::size_t depth);
    bool spend(std::size_t count);

    Reader& in_;
    std::size_t nodes_ = 0;
    std::size_t budget_; ///< elements that may still be announced: each takes two bytes of the body
    std::vector<TypeSpelling> spellings_;
};

/// Sizes and writes types again, in the spelling they came in.
class TypeWriter
{
public:
    explicit TypeWriter(std::span<const TypeSpelling> spellings) noexcept : spellings_{spellings} {}
    std::size_t size(const DataType& type);
    void write(Writer& out, const DataType& type);

private:
    struct Head
    {
        std::uint16_t id;
        std::string class_name; ///< of custom types
    };
    const TypeSpelling* spelling_of_next();
    Head head_of(const DataType& type);

    std::span<const TypeSpelling> spellings_;
    std::size_t nodes_ = 0;
};

/// The class that stands for a type where it travels as custom (a vector, a duration), as Cassandra spells it.
std::string class_name(const DataType& type);

}
