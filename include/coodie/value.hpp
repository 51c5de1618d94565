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

    Value() noexcept;
    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();
    /// From any value that has a codec, or an optional of one. A user type takes a Record, or a List in field order.
    template <class T>
        requires(!std::same_as<std::remove_cvref_t<T>, Value>)
    Value(T&& value)
    {
        hold_any(std::forward<T>(value));
    }

    bool is_null() const noexcept;
    bool is_unset() const noexcept;
    bool is_empty() const noexcept;
    const Content& content() const noexcept; ///< for std::visit and std::get_if

    /// As a C++ value, by the rules of `encode`. Errors: InvalidQueryError (errc::bad_value) when it does not fit.
    template <class T> T as() const;

    std::string to_string() const; ///< for reading, close to CQL's literals

    bool operator==(const Value& other) const;

private:
    template <class T> void hold_any(T&& value);
    template <class T> bool load(T& target) const;
    [[noreturn]] void fail(const DataType& wanted) const;

    // Only where nothing is held yet.
    void hold(Null) noexcept;
    void hold(Unset) noexcept;
    void hold(Empty) noexcept;
    void hold(bool value) noexcept;
    void hold(double value) noexcept;
    void hold(std::string value) noexcept;
    void hold(Blob value) noexcept;
    void hold(Uuid value) noexcept;
    void hold(Varint value) noexcept; ///< whatever its size
    void hold(Decimal value) noexcept;
    void hold(Duration value) noexcept;
    void hold(Inet value) noexcept;
    void hold(Date value) noexcept;
    void hold(Time value) noexcept;
    void hold(Timestamp value) noexcept;
    void hold(List value) noexcept;
    void hold(Map value) noexcept;
    void hold(Record value) noexcept;
    void hold_decoded(std::span<const std::byte> bytes, const DataType& type);
    void hold_content(Content&& content) noexcept;
    Content& held() noexcept;
    const void* held_as(std::size_t index) const noexcept; ///< the alternative of this number, or null

    // A Content, as bytes: only programs that look into values compile what so many alternatives bring.
    static constexpr std::size_t content_size = 48;
    alignas(std::int64_t) std::byte content_[content_size];
};

namespace detail {

/// Which alternative a T is; their number when it is none.
template <class T, class Variant> inline constexpr std::size_t alternative_of = 0;
template <class T, class... Alternatives>
inline constexpr std::size_t alternative_of<T, std::variant<Alternatives...>> = [] {
    std::size_t index = 0;
    static_cast<void>(((std::same_as<T, Alternatives> || (++index, false)) || ...));
    return index;
}();
template <class T, class Variant> inline constexpr bool is_alternative = false;
template <class T, class... Alternatives>
inline constexpr bool is_alternative<T, std::variant<Alternatives...>> = (std::same_as<T, Alternatives> || ...);

}

template <class T> void Value::hold_any(T&& value)
{
    using Type = std::remove_cvref_t<T>;
    if constexpr (std::integral<Type> && !std::same_as<Type, bool>)
        hold(Varint{value});
    else if constexpr (detail::is_alternative<Type, Content>)
        hold(std::forward<T>(value));
    else if constexpr (std::same_as<Type, std::nullopt_t> || std::same_as<Type, std::nullptr_t>)
        hold(Null{});
    else if constexpr (std::floating_point<Type>)
        hold(static_cast<double>(value));
    else if constexpr (std::convertible_to<T, std::string_view>)
        hold(std::string{std::string_view{value}});
    else if constexpr (std::same_as<Type, TimeUuid>)
        hold(value.operator Uuid());
    else if constexpr (detail::is_optional<Type>) {
        if (value)
            hold_any(*std::forward<T>(value));
        else
            hold(Null{});
    } else {
        static_assert(Mappable<Type>, "coodie::Value: this type has no coodie::Codec");
        std::vector<std::byte> bytes(Codec<Type>::size(value));
        Codec<Type>::store(bytes.data(), value);
        hold_decoded(bytes, Codec<Type>::type());
    }
}

template <class T> T Value::as() const
{
    if constexpr (detail::is_alternative<T, Content>)
        if (const auto* held = held_as(detail::alternative_of<T, Content>))
            return *static_cast<const T*>(held);
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
