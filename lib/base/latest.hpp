#pragma once

#include <mutex>
#include <utility>

namespace coodie::detail {

/// A value that is replaced as a whole. Threads: any.
template <class T> class Latest
{
public:
    Latest() = default;
    explicit Latest(T value) : value_{std::move(value)} {}
    T get() const
    {
        const std::lock_guard lock{mutex_};
        return value_;
    }
    void set(T value)
    {
        const std::lock_guard lock{mutex_};
        std::swap(value_, value);
    }

private:
    mutable std::mutex mutex_;
    T value_;
};

}
