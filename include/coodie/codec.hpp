#pragma once

#include <array>
#include <concepts>
#include <coodie/data_type.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace coodie {

/// One value as it came: a view of its bytes. Null has no bytes; empty has zero of them.
struct Cell
{
    const std::byte* data = nullptr;
    std::int32_t size = -1; ///< bytes; negative is null

    bool is_null() const noexcept { return size < 0; }
    std::span<const std::byte> bytes() const noexcept
    {
        return {data, size < 0 ? std::size_t{0} : static_cast<std::size_t>(size)};
    }
};

/// How a C++ type travels. Specialise it for a type of yours; everything that stores, binds or reads values asks it:
///     static const DataType& type();                                 // the CQL type that T decides
///     static std::size_t size(const T&);                             // bytes, without the length in front
///     static std::byte* store(std::byte* out, const T&) noexcept;    // writes exactly size() bytes, gives their end
///     static bool load(std::span<const std::byte>, T&);              // false: these bytes are no T
/// and, where they apply,
///     static bool accepts(const DataType& server);                   // other types that travel alike
///     static void load_null(T&);                                     // null is a T: the empty collection
///     static constexpr std::size_t packed = 4;                       // its size in a vector, which then has no
///     lengths
///     static constexpr bool is_view = true;                          // a T that is loaded owns nothing: no document's
///     member
/// `store` cannot fail: a type whose values may be wrong checks them when they are made; of one that is not ours,
/// `size` throws, which is asked first. Null and empty (zero bytes) are different. Empty is a text, a blob and a tuple
/// of nulls; a number or a date cannot be empty, so that loading one fails, unless it is std::optional, which then
/// holds nothing.
template <class T> struct Codec;

template <class T>
concept Mappable = requires(const T& value, T& target, std::byte* out, std::span<const std::byte> in) {
    {
        Codec<T>::type()
    } -> std::same_as<const DataType&>;
    {
        Codec<T>::size(value)
    } -> std::same_as<std::size_t>;
    {
        Codec<T>::store(out, value)
    } -> std::same_as<std::byte*>;
    {
        Codec<T>::load(in, target)
    } -> std::same_as<bool>;
};

/// Leaves a column as it is: neither a value nor null (CQL v4 section 3, [value] of length -2).
struct Unset
{
    friend bool operator==(const Unset&, const Unset&) = default;
};
inline constexpr Unset unset{};

namespace detail {

/// Of a bound value: what `unset` became.
inline bool is_unset(Cell cell) noexcept
{
    return cell.size == -2;
}

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

/// A T that is loaded is a view into the Rows it came from, or holds one.
template <class T> inline constexpr bool is_view = false;
template <class T>
    requires requires { Codec<T>::is_view; }
inline constexpr bool is_view<T> = Codec<T>::is_view;
template <class T> inline constexpr bool is_view<std::optional<T>> = is_view<T>;

template <class T>
concept LoadsNull = requires(T& target) { Codec<T>::load_null(target); };

/// Big-endian integers, for sizes already known to fit.
template <std::integral T> inline std::byte* store_integer(std::byte* out, T value) noexcept
{
    if constexpr (sizeof(T) == 2)
        value = static_cast<T>(__builtin_bswap16(static_cast<std::uint16_t>(value)));
    else if constexpr (sizeof(T) == 4)
        value = static_cast<T>(__builtin_bswap32(static_cast<std::uint32_t>(value)));
    else if constexpr (sizeof(T) == 8)
        value = static_cast<T>(__builtin_bswap64(static_cast<std::uint64_t>(value)));
    std::memcpy(out, &value, sizeof value);
    return out + sizeof value;
}

template <std::integral T> inline T load_integer(const std::byte* in) noexcept
{
    T value;
    std::memcpy(&value, in, sizeof value);
    if constexpr (sizeof(T) == 2)
        value = static_cast<T>(__builtin_bswap16(static_cast<std::uint16_t>(value)));
    else if constexpr (sizeof(T) == 4)
        value = static_cast<T>(__builtin_bswap32(static_cast<std::uint32_t>(value)));
    else if constexpr (sizeof(T) == 8)
        value = static_cast<T>(__builtin_bswap64(static_cast<std::uint64_t>(value)));
    return value;
}

/// Bytes of a [value]: its length and what follows.
template <class T> std::size_t value_size(const T& value)
{
    if constexpr (std::is_same_v<T, Unset>)
        return 4;
    else if constexpr (is_optional<T>)
        return value ? value_size(*value) : 4;
    else
        return 4 + Codec<T>::size(value);
}

/// Writes a [value]; `out` has value_size() bytes. The caller has checked that no length exceeds 2^31-1.
template <class T> std::byte* store_value(std::byte* out, const T& value) noexcept
{
    if constexpr (std::is_same_v<T, Unset>)
        return store_integer(out, std::int32_t{-2});
    else if constexpr (is_optional<T>)
        return value ? store_value(out, *value) : store_integer(out, std::int32_t{-1});
    else {
        auto* end = Codec<T>::store(out + 4, value);
        store_integer(out, static_cast<std::int32_t>(end - out - 4));
        return end;
    }
}

/// What is bound for a value as the caller wrote it: text literals as text, everything else as it is.
template <class T> const T& bindable(const T& value) noexcept
{
    return value;
}
inline std::string_view bindable(const char* text) noexcept
{
    return text;
}
template <std::size_t N> std::string_view bindable(const char (&text)[N]) noexcept
{
    return text;
}

/// The type that a bound C++ value decides; null for Unset, which fits every column.
template <class T> constexpr TypeOf type_of() noexcept
{
    if constexpr (std::is_same_v<T, Unset>)
        return nullptr;
    else if constexpr (is_optional<T>)
        return type_of<typename T::value_type>();
    else
        return &Codec<T>::type;
}

template <class... T> inline constexpr std::array<TypeOf, sizeof...(T)> types_of{type_of<T>()...};

/// Whether a column of type `server` can hold a T and give it back.
template <class T> bool accepts_type(const DataType& server)
{
    if constexpr (is_optional<T>)
        return accepts_type<typename T::value_type>(server);
    else if constexpr (requires { Codec<T>::accepts(server); })
        return Codec<T>::accepts(server);
    else
        return Codec<T>::type() == server;
}

/// Null fits std::optional and types with `load_null` (collections: null is the empty one, as Cassandra stores it).
template <class T> bool load_cell(Cell cell, T& target)
{
    if constexpr (is_optional<T>) {
        if (!cell.is_null() && load_cell(cell, target.emplace()))
            return true;
        target.reset();
        return cell.size <= 0;
    } else if (cell.is_null()) {
        if constexpr (LoadsNull<T>) {
            Codec<T>::load_null(target);
            return true;
        } else
            return false;
    } else
        return Codec<T>::load(cell.bytes(), target);
}

/// The CQL type that T decides.
template <class T> const DataType& wanted_type()
{
    if constexpr (is_optional<T>)
        return wanted_type<typename T::value_type>();
    else
        return Codec<T>::type();
}

/// Walks the [bytes] elements inside a value, never beyond its end. The fields of tuples and user types are such
/// elements; lists, sets and maps have an [int] count in front.
class ElementReader
{
public:
    explicit ElementReader(std::span<const std::byte> in) noexcept : in_{in} {}

    bool at_end() const noexcept { return in_.empty(); }

    /// A count of elements that take at least `minimum` bytes each; false when so many cannot follow.
    bool read_count(std::size_t minimum, std::size_t& count) noexcept
    {
        if (in_.size() < 4)
            return false;
        const auto claimed = load_integer<std::int32_t>(in_.data());
        in_ = in_.subspan(4);
        if (claimed < 0 || static_cast<std::size_t>(claimed) > in_.size() / minimum)
            return false;
        count = static_cast<std::size_t>(claimed);
        return true;
    }

    /// The next element, null for any negative length; false when it is longer than what is left.
    bool next(Cell& element) noexcept
    {
        if (in_.size() < 4)
            return false;
        element = {in_.data() + 4, load_integer<std::int32_t>(in_.data())};
        in_ = in_.subspan(4);
        if (element.is_null()) {
            element = {};
            return true;
        }
        const auto size = static_cast<std::size_t>(element.size);
        if (size > in_.size())
            return false;
        in_ = in_.subspan(size);
        return true;
    }

    /// The next field; null when the value ends before it (it was written when the type had fewer).
    bool next_field(Cell& element) noexcept
    {
        element = {};
        return at_end() || next(element);
    }

private:
    std::span<const std::byte> in_;
};

}

}
