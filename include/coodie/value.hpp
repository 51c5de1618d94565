#pragma once

#include <coodie/blob.hpp>
#include <coodie/calendar.hpp>
#include <coodie/container_codecs.hpp>
#include <coodie/decimal.hpp>
#include <coodie/duration.hpp>
#include <coodie/inet.hpp>
#include <coodie/result.hpp>
#include <coodie/time_uuid.hpp>
#include <coodie/varint.hpp>
#include <variant>

namespace coodie {

class Value;

// The dynamic codec: what Codec<T> is for C++ types, for types that are known at run time only.

/// The bytes of `value` as a `type`, without a length in front. Any integer fits any integer type that holds it, any
/// text fits ascii (if it is) and text.
/// Errors: errc::bad_value, naming the path inside the value and both types, also for null and unset.
COODIE_API Result<std::vector<std::byte>> encode(const Value& value, const DataType& type);
/// Appends a [value]: length and bytes, null and unset included. Errors: as encode; nothing is appended then.
COODIE_API Error append_value(std::vector<std::byte>& out, const Value& value, const DataType& type);
/// Errors: errc::bad_value when the bytes are no `type`, naming the path inside the value. No memory beyond a small
/// multiple of the bytes is used, whatever they claim.
COODIE_API Result<Value> decode(std::span<const std::byte> bytes, const DataType& type);
COODIE_API Result<Value> decode(Cell cell, const DataType& type); ///< null gives the null Value

/// Any CQL value, its type known at run time only: null, or one of the alternatives below.
/// Integers of every size are one kind, and so are float and double, text and ascii, uuid and timeuuid, list, set,
/// vector and tuple. Two values are equal when their kinds and contents are.
class COODIE_API Value
{
public:
    /// Zero bytes where a type has no such value: an "empty" int. Not null.
    struct Empty
    {
        friend bool operator==(const Empty&, const Empty&) = default;
    };
    using Null = std::monostate;
    using List = std::vector<Value>;
    using Map = std::vector<std::pair<Value, Value>>;          ///< in the order of the bytes
    using Record = std::vector<std::pair<std::string, Value>>; ///< a user type's fields by name
    /// A Varint only when 64 bits do not hold it.
    using Content = std::variant<Null, Unset, Empty, bool, std::int64_t, double, std::string, Blob, Uuid, Varint,
                                 Decimal, Duration, Inet, Date, Time, Timestamp, List, Map, Record>;

    // Compiled once, as all that copies, drops or compares so many alternatives: every program includes this header.
    Value() noexcept;
    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();
    /// From any value that has a codec, or an optional of one. A user type takes a Record, or a List in field order.
    template <class T>
        requires(!std::same_as<std::remove_cvref_t<T>, Value>)
    Value(T&& value) : content_{content_of(std::forward<T>(value))}
    {
    }

    bool is_null() const noexcept { return content_.index() == 0; }
    bool is_unset() const noexcept { return std::holds_alternative<Unset>(content_); }
    bool is_empty() const noexcept { return std::holds_alternative<Empty>(content_); }
    const Content& content() const noexcept { return content_; } ///< for std::visit and std::get_if

    /// As a C++ value, by the rules of `encode`. Errors: InvalidQueryError (errc::bad_value) when it does not fit.
    template <class T> T as() const;

    std::string to_string() const; ///< for reading, close to CQL's literals

    bool operator==(const Value& other) const;

private:
    template <class T> static Content content_of(T&& value);
    template <class T> bool load(T& target) const;
    static Content decoded(std::span<const std::byte> bytes, const DataType& type);
    static Content whole(Varint number);
    [[noreturn]] void fail(const DataType& wanted) const;

    Content content_;
};

namespace detail {

template <class T, class Variant> inline constexpr bool is_alternative = false;
template <class T, class... Alternatives>
inline constexpr bool is_alternative<T, std::variant<Alternatives...>> = (std::same_as<T, Alternatives> || ...);

}

template <class T> Value::Content Value::content_of(T&& value)
{
    using Type = std::remove_cvref_t<T>;
    if constexpr (std::same_as<Type, Varint> || (std::integral<Type> && !std::same_as<Type, bool>))
        return whole(Varint{std::forward<T>(value)});
    else if constexpr (detail::is_alternative<Type, Content>)
        return std::forward<T>(value);
    else if constexpr (std::same_as<Type, std::nullopt_t> || std::same_as<Type, std::nullptr_t>)
        return Null{};
    else if constexpr (std::floating_point<Type>)
        return static_cast<double>(value);
    else if constexpr (std::convertible_to<T, std::string_view>)
        return std::string{std::string_view{value}};
    else if constexpr (std::same_as<Type, TimeUuid>)
        return value.operator Uuid();
    else if constexpr (detail::is_optional<Type>)
        return value ? content_of(*std::forward<T>(value)) : Content{};
    else {
        static_assert(Mappable<Type>, "coodie::Value: this type has no coodie::Codec");
        std::vector<std::byte> bytes(Codec<Type>::size(value));
        Codec<Type>::store(bytes.data(), value);
        return decoded(bytes, Codec<Type>::type());
    }
}

template <class T> T Value::as() const
{
    if constexpr (detail::is_alternative<T, Content>)
        if (const auto* held = std::get_if<T>(&content_))
            return *held;
    if constexpr (detail::Element<T>) {
        T loaded{};
        if (is_null() ? !detail::load_cell(Cell{}, loaded) : !load(loaded))
            fail(detail::wanted_type<T>());
        return loaded;
    } else
        throw std::bad_variant_access{};
}

template <class T> bool Value::load(T& target) const
{
    const auto bytes = encode(*this, detail::wanted_type<T>());
    return bytes && detail::load_cell(Cell{bytes->data(), static_cast<std::int32_t>(bytes->size())}, target);
}

/// Reads a column of any type: `row["name"].as<Value>()`.
template <> struct COODIE_API Codec<Value>
{
    static bool load_any(Cell cell, const DataType& type, Value& target);
};

}
