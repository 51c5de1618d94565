#pragma once

#include <coodie/scalar_codecs.hpp>
#include <coodie/vint.hpp>
#include <tuple>
#include <utility>

namespace coodie {

// Codecs of containers, by what a container can do: <map>, <set> and their kin are included by who uses them.

namespace detail {

/// What stands in collections and fields: a type with a codec, or an optional of one.
template <class T>
concept Element = Mappable<T> || (is_optional<T> && Mappable<typename T::value_type>);

template <class T>
concept Collection = requires(T& target, const T& source) {
    typename T::value_type;
    source.begin();
    source.end();
    source.size();
    target.clear();
};
template <class T>
concept MapLike = Collection<T> && requires {
    typename T::key_type;
    typename T::mapped_type;
} && Element<typename T::key_type> && Element<typename T::mapped_type>;
template <class T>
concept SetLike =
    Collection<T> && std::same_as<typename T::key_type, typename T::value_type> && Element<typename T::value_type>;
template <class T>
concept ListLike = Collection<T> && requires(T& target, typename T::value_type element) {
    target.push_back(std::move(element));
} && Element<typename T::value_type>;

/// list and set (CQL v4 section 6.13 and 6.20): [int] n, then n [bytes].
template <class T, TypeId Id> struct COODIE_API SequenceCodec
{
    using Value = typename T::value_type;
    static constexpr bool is_view = detail::is_view<Value>;

    static const DataType& type()
    {
        static const auto& type = type_of_parts(Id, {&wanted_type<Value>});
        return type;
    }
    static bool accepts(const DataType& server)
    {
        return server.id == Id && server.elements.size() == 1 && accepts_type<Value>(server.elements[0]);
    }
    static std::size_t size(const T& value)
    {
        std::size_t size = 4;
        for (const Value& element : value)
            size += value_size(element);
        return size;
    }
    static std::byte* store(std::byte* out, const T& value) noexcept
    {
        out = store_integer(out, static_cast<std::int32_t>(value.size()));
        for (const Value& element : value)
            out = store_value(out, element);
        return out;
    }
    static bool load(std::span<const std::byte> in, T& value)
    {
        value.clear();
        ElementReader reader{in};
        std::size_t count = 0;
        if (!reader.read_count(4, count))
            return false;
        if constexpr (requires { value.reserve(count); })
            value.reserve(count < room_for(in.size()) ? count : room_for(in.size()));
        for (; count != 0; --count)
            if (!load_element(reader, value))
                return false;
        return reader.at_end();
    }
    static void load_null(T& value) { value.clear(); }

private:
    /// As many elements as there may be without taking eight times the memory of what came.
    static constexpr std::size_t room_for(std::size_t bytes) noexcept { return 8 * bytes / sizeof(Value); }
    static bool load_element(ElementReader& reader, T& value)
    {
        Cell cell;
        Value element{};
        if (!reader.next(cell) || !load_cell(cell, element))
            return false;
        if constexpr (Id == TypeId::list)
            value.push_back(std::move(element));
        else
            value.insert(std::move(element));
        return true;
    }
};

template <class... T> bool accept_elements(const DataType& server)
{
    auto element = server.elements.begin();
    return server.elements.size() == sizeof...(T) && (accepts_type<T>(*element++) && ...);
}

/// tuple (CQL v4 section 6.21): one [bytes] a field; a shorter value lacks its last fields, which are null.
template <class Tuple, class... T> struct TupleCodec
{
    static constexpr bool is_view = (detail::is_view<T> || ...);

    static const DataType& type()
    {
        static const auto& type = type_of_parts(TypeId::tuple, {&wanted_type<T>...});
        return type;
    }
    static bool accepts(const DataType& server) { return server.id == TypeId::tuple && accept_elements<T...>(server); }
    static std::size_t size(const Tuple& value)
    {
        return std::apply([](const T&... field) { return (std::size_t{0} + ... + value_size(field)); }, value);
    }
    static std::byte* store(std::byte* out, const Tuple& value) noexcept
    {
        std::apply([&](const T&... field) { ((out = store_value(out, field)), ...); }, value);
        return out;
    }
    static bool load(std::span<const std::byte> in, Tuple& value)
    {
        ElementReader reader{in};
        Cell cell;
        return std::apply(
            [&](T&... field) {
                return ((reader.next_field(cell) && load_cell(cell, field)) && ...) && reader.at_end();
            },
            value);
    }
};

template <class T>
concept Packed = requires { Codec<T>::packed; };

/// Elements of one size that Cassandra packs into vectors without their lengths.
template <class T, std::size_t N> struct PackedVector
{
    static constexpr std::size_t packed = N * Codec<T>::packed;

    static std::size_t size(const std::array<T, N>&) noexcept { return packed; }
    static std::byte* store(std::byte* out, const std::array<T, N>& value) noexcept
    {
        for (const T& element : value)
            out = Codec<T>::store(out, element);
        return out;
    }
    static bool load(std::span<const std::byte> in, std::array<T, N>& value)
    {
        if (in.size() != packed)
            return false;
        for (T& element : value) {
            if (!Codec<T>::load(in.first(Codec<T>::packed), element))
                return false;
            in = in.subspan(Codec<T>::packed);
        }
        return true;
    }
};

/// All others: an unsigned vint with its size before each.
template <class T, std::size_t N> struct SizedVector
{
    static std::size_t size(const std::array<T, N>& value)
    {
        std::size_t size = 0;
        for (const T& element : value) {
            const auto bytes = Codec<T>::size(element);
            size += vint_size(bytes) + bytes;
        }
        return size;
    }
    static std::byte* store(std::byte* out, const std::array<T, N>& value) noexcept
    {
        for (const T& element : value)
            out = Codec<T>::store(store_vint(out, Codec<T>::size(element)), element);
        return out;
    }
    static bool load(std::span<const std::byte> in, std::array<T, N>& value)
    {
        for (T& element : value) {
            std::uint64_t size = 0;
            if (!load_vint(in, size) || size > in.size() || !Codec<T>::load(in.first(size), element))
                return false;
            in = in.subspan(size);
        }
        return in.empty();
    }
};

template <class T, std::size_t N>
using VectorCodec = typename std::conditional_t<Packed<T>, std::type_identity<PackedVector<T, N>>,
                                                std::type_identity<SizedVector<T, N>>>::type;

}

/// list: std::vector and its kin. A list of optionals reads null elements; else they fail.
template <detail::ListLike T> struct Codec<T> : detail::SequenceCodec<T, TypeId::list>
{
};

/// set: std::set, std::unordered_set and their kin.
template <detail::SetLike T> struct Codec<T> : detail::SequenceCodec<T, TypeId::set>
{
};

/// map (CQL v4 section 6.14): [int] n, then n times [bytes] [bytes]. Of equal keys the last counts.
template <detail::MapLike T> struct Codec<T>
{
    using Key = typename T::key_type;
    using Mapped = typename T::mapped_type;
    static constexpr bool is_view = detail::is_view<Key> || detail::is_view<Mapped>;

    static const DataType& type()
    {
        static const auto& type =
            detail::type_of_parts(TypeId::map, {&detail::wanted_type<Key>, &detail::wanted_type<Mapped>});
        return type;
    }
    static bool accepts(const DataType& server)
    {
        return server.id == TypeId::map && detail::accept_elements<Key, Mapped>(server);
    }
    static std::size_t size(const T& value)
    {
        std::size_t size = 4;
        for (const auto& [key, mapped] : value)
            size += detail::value_size(key) + detail::value_size(mapped);
        return size;
    }
    static std::byte* store(std::byte* out, const T& value) noexcept
    {
        out = detail::store_integer(out, static_cast<std::int32_t>(value.size()));
        for (const auto& [key, mapped] : value)
            out = detail::store_value(detail::store_value(out, key), mapped);
        return out;
    }
    static bool load(std::span<const std::byte> in, T& value)
    {
        value.clear();
        detail::ElementReader reader{in};
        std::size_t count = 0;
        if (!reader.read_count(8, count))
            return false;
        for (; count != 0; --count)
            if (!load_entry(reader, value))
                return false;
        return reader.at_end();
    }
    static void load_null(T& value) { value.clear(); }

private:
    static bool load_entry(detail::ElementReader& reader, T& value)
    {
        Cell cell;
        Key key{};
        Mapped mapped{};
        if (!reader.next(cell) || !detail::load_cell(cell, key) || !reader.next(cell) ||
            !detail::load_cell(cell, mapped))
            return false;
        value.insert_or_assign(std::move(key), std::move(mapped));
        return true;
    }
};

template <detail::Element... T> struct Codec<std::tuple<T...>> : detail::TupleCodec<std::tuple<T...>, T...>
{
};
template <detail::Element First, detail::Element Second>
struct Codec<std::pair<First, Second>> : detail::TupleCodec<std::pair<First, Second>, First, Second>
{
};

/// vector<T, N>. Its elements cannot be null.
template <Mappable T, std::size_t N> struct Codec<std::array<T, N>> : detail::VectorCodec<T, N>
{
    static constexpr bool is_view = detail::is_view<T>;

    static const DataType& type()
    {
        static const auto& type = detail::type_of_parts(TypeId::vector, {&Codec<T>::type}, N);
        return type;
    }
    static bool accepts(const DataType& server)
    {
        return server.id == TypeId::vector && server.dimension == N && detail::accept_elements<T>(server);
    }
};

namespace detail {

/// Made in the library: what most documents have.
extern template struct SequenceCodec<std::vector<std::string>, TypeId::list>;

}

}
