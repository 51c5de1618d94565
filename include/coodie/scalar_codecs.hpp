#pragma once

#include <bit>
#include <coodie/codec.hpp>
#include <coodie/export.hpp>
#include <string>
#include <string_view>

namespace coodie {

namespace detail {

template <TypeId Id> const DataType& plain_type()
{
    return plain_type(Id);
}

/// Integers and what travels like one.
template <class T, TypeId Id> struct IntegerCodec
{
    static const DataType& type() { return plain_type<Id>(); }
    static std::size_t size(const T&) noexcept { return sizeof(T); }
    static std::byte* store(std::byte* out, const T& value) noexcept { return store_integer(out, value); }
    static bool load(std::span<const std::byte> in, T& value) noexcept
    {
        if (in.size() != sizeof(T))
            return false;
        value = load_integer<T>(in.data());
        return true;
    }
};

template <class T, class Bits, TypeId Id> struct FloatCodec
{
    static constexpr std::size_t packed = sizeof(T);
    static const DataType& type() { return plain_type<Id>(); }
    static std::size_t size(const T&) noexcept { return sizeof(T); }
    static std::byte* store(std::byte* out, const T& value) noexcept
    {
        return store_integer(out, std::bit_cast<Bits>(value));
    }
    static bool load(std::span<const std::byte> in, T& value) noexcept
    {
        if (in.size() != sizeof(T))
            return false;
        value = std::bit_cast<T>(load_integer<Bits>(in.data()));
        return true;
    }
};

COODIE_API bool is_utf8(std::string_view text) noexcept; ///< strictly: no surrogates, nothing overlong
COODIE_API bool is_ascii(std::string_view text) noexcept;

/// Text that is no UTF-8 fails to load; its bytes are reachable through the cell. Ascii columns are text as well: what
/// is not ASCII, the server refuses.
template <class T> struct TextCodec
{
    static const DataType& type() { return plain_type<TypeId::text>(); }
    static bool accepts(const DataType& server) { return server.id == TypeId::text || server.id == TypeId::ascii; }
    static std::size_t size(const T& value) noexcept { return value.size(); }
    static std::byte* store(std::byte* out, const T& value) noexcept
    {
        if (!value.empty())
            std::memcpy(out, value.data(), value.size());
        return out + value.size();
    }
    static bool load(std::span<const std::byte> in, T& value)
    {
        value = std::string_view{reinterpret_cast<const char*>(in.data()), in.size()};
        return is_utf8(value);
    }
};

}

template <> struct Codec<std::int8_t> : detail::IntegerCodec<std::int8_t, TypeId::tinyint>
{
};
template <> struct Codec<std::int16_t> : detail::IntegerCodec<std::int16_t, TypeId::smallint>
{
};
template <> struct Codec<std::int32_t> : detail::IntegerCodec<std::int32_t, TypeId::int_>
{
    static constexpr std::size_t packed = 4;
};
/// bigint, and counters as they are read.
template <> struct Codec<std::int64_t> : detail::IntegerCodec<std::int64_t, TypeId::bigint>
{
    static constexpr std::size_t packed = 8;
    static bool accepts(const DataType& server) { return server.id == TypeId::bigint || server.id == TypeId::counter; }
};
template <> struct Codec<float> : detail::FloatCodec<float, std::uint32_t, TypeId::float_>
{
};
template <> struct Codec<double> : detail::FloatCodec<double, std::uint64_t, TypeId::double_>
{
};

/// Any byte but zero is true.
template <> struct Codec<bool>
{
    static constexpr std::size_t packed = 1;
    static const DataType& type() { return detail::plain_type<TypeId::boolean>(); }
    static std::size_t size(bool) noexcept { return 1; }
    static std::byte* store(std::byte* out, bool value) noexcept
    {
        *out = std::byte{value};
        return out + 1;
    }
    static bool load(std::span<const std::byte> in, bool& value) noexcept
    {
        if (in.size() != 1)
            return false;
        value = in[0] != std::byte{0};
        return true;
    }
};

template <> struct Codec<std::string> : detail::TextCodec<std::string>
{
};
/// Lifetime: what is loaded is a view into the Rows that it came from.
template <> struct Codec<std::string_view> : detail::TextCodec<std::string_view>
{
    static constexpr bool is_view = true;
};

}
