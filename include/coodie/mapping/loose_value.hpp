#pragma once

#include <coodie/mapping/bound_value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::detail {

/// A value whose column is known at run time only: encoded by the column's type once that is found.
/// Lifetime: a view of the value it was made from.
class COODIE_API LooseValue
{
public:
    enum class Kind : std::uint8_t
    {
        integer,
        floating,
        boolean,
        text,
        encoded, ///< its C++ type decides how it travels
        list,
    };

    LooseValue(std::int64_t value, std::string_view cpp_type) noexcept;
    LooseValue(double value, std::string_view cpp_type) noexcept;
    explicit LooseValue(bool value) noexcept;
    explicit LooseValue(std::string_view text) noexcept;
    /// Encoded already, as a `type`.
    LooseValue(ValueBuffer value, TypeOf type, bool (*accepts)(const DataType& server),
               std::string_view cpp_type) noexcept;
    static LooseValue list_of(std::string_view cpp_type) noexcept; ///< empty
    LooseValue(LooseValue&& other) noexcept;
    ~LooseValue();
    void push_back(LooseValue element); ///< to a list

    /// Adds the value as the type says. False: it is none of that type.
    bool add_to(ValueBuffer& out, const DataType& type) const;
    /// The CQL type that the value would have by itself, for errors.
    std::string described() const;

private:
    LooseValue(Kind kind, std::string_view cpp_type) noexcept;
    bool add_integer(ValueBuffer& out, const DataType& type) const;
    bool add_floating(ValueBuffer& out, const DataType& type) const;
    bool add_list(ValueBuffer& out, const DataType& type) const;

    Kind kind_;
    bool boolean_ = false;
    std::int64_t integer_ = 0;
    double floating_ = 0;
    std::string_view text_;
    ValueBuffer encoded_;
    TypeOf type_ = nullptr;
    bool (*accepts_)(const DataType& server) = nullptr;
    std::vector<LooseValue> list_;
    std::string_view cpp_type_; ///< for errors
};

template <class V> LooseValue loose_value(const V& value);

template <class V>
concept LooseRange = !Text<V> && requires(const V& range) {
    range.begin();
    range.end();
};

/// The elements of a range, one by one: the values of IN.
template <class R> LooseValue loose_list(const R& range)
{
    auto all = LooseValue::list_of(type_name<R>());
    for (const auto& element : range)
        all.push_back(loose_value(element));
    return all;
}

template <class V> LooseValue loose_value(const V& value)
{
    if constexpr (std::is_same_v<V, bool>)
        return LooseValue{value};
    else if constexpr (std::integral<V>) {
        if (!std::in_range<std::int64_t>(value))
            refuse_number("?", "std::int64_t");
        return LooseValue{static_cast<std::int64_t>(value), type_name<V>()};
    } else if constexpr (std::floating_point<V>)
        return LooseValue{static_cast<double>(value), type_name<V>()};
    else if constexpr (Text<V>)
        return LooseValue{std::string_view{value}};
    else if constexpr (LooseRange<V> && !MapLike<V> && !Mappable<V>)
        return loose_list(value);
    else {
        static_assert(Mappable<V>, "coodie: this value has no CQL type");
        ValueBuffer encoded;
        encoded.add(value);
        return LooseValue{std::move(encoded), &Codec<V>::type, &accepts_type<V>, type_name<V>()};
    }
}

}
