#pragma once

#include <concepts>
#include <utility>

namespace coodie {

/// An option that may be left open. What std::optional would do, for a fraction of what a compiler takes to make one.
template <class T> class Choice
{
public:
    constexpr Choice() noexcept = default;
    template <class U>
        requires std::convertible_to<U, T>
    constexpr Choice(U&& value) : value_(static_cast<T>(std::forward<U>(value))), is_made_{true}
    {
    }

    constexpr bool has_value() const noexcept { return is_made_; }
    constexpr explicit operator bool() const noexcept { return is_made_; }
    constexpr const T& operator*() const noexcept { return value_; }
    constexpr T value_or(const T& other) const { return is_made_ ? value_ : other; }

private:
    T value_{};
    bool is_made_ = false;
};

}
