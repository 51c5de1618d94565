#pragma once

#include <cassert>
#include <coodie/error.hpp>
#include <optional>
#include <utility>

namespace coodie {

/// A value or an error: how functions inside the library answer. `value()` throws the error, for the border.
template <class T> class [[nodiscard]] Result
{
public:
    Result(T value) : value_{std::move(value)} {}
    Result(Error error) : error_{std::move(error)} { assert(error_); }

    explicit operator bool() const noexcept { return value_.has_value(); }
    T& operator*() & noexcept { return *value_; }
    const T& operator*() const& noexcept { return *value_; }
    T&& operator*() && noexcept { return std::move(*value_); }
    T* operator->() noexcept { return &*value_; }
    const T* operator->() const noexcept { return &*value_; }
    const Error& error() const noexcept { return error_; }

    T value() &&
    {
        if (!value_)
            error_.raise();
        return std::move(*value_);
    }

private:
    std::optional<T> value_;
    Error error_;
};

}
