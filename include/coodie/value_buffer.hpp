#pragma once

#include <array>
#include <coodie/codec.hpp>
#include <coodie/export.hpp>
#include <cstring>

namespace coodie {

/// The bound values of a statement, already as the [value]s that QUERY, EXECUTE and BATCH carry.
/// Up to `inline_capacity` bytes live in the object itself; moving it moves only the bytes in use.
class COODIE_API ValueBuffer
{
public:
    static constexpr std::size_t inline_capacity = 192;
    static constexpr std::size_t max_values = 65535;
    static constexpr std::size_t max_bytes = 0x7FFFFFFF;

    ValueBuffer() noexcept {} // not defaulted: ValueBuffer{} would fill its room with zeros first
    ValueBuffer(ValueBuffer&& other) noexcept { take(other); }
    ValueBuffer(const ValueBuffer& other) { append(other.bytes(), other.count_); }
    ValueBuffer& operator=(ValueBuffer&& other) noexcept
    {
        if (this != &other) {
            release();
            take(other);
        }
        return *this;
    }
    ValueBuffer& operator=(const ValueBuffer& other) { return *this = ValueBuffer{other}; }
    ~ValueBuffer() { release(); }

    /// Adds values in order.
    /// Errors: InvalidQueryError for more than 65 535 values or 2^31-1 bytes; nothing is added then.
    template <class... T> void add(const T&... values)
    {
        auto* out = extend((std::size_t{0} + ... + detail::value_size(values)), sizeof...(T));
        ((out = detail::store_value(out, values)), ...);
    }
    /// Adds `count` values that are encoded already.
    void append(std::span<const std::byte> encoded, std::size_t count)
    {
        if (!encoded.empty())
            std::memcpy(extend(encoded.size(), count), encoded.data(), encoded.size());
    }
    void clear() noexcept
    {
        size_ = 0;
        count_ = 0;
    }

    std::span<const std::byte> bytes() const noexcept { return {begin(), size_}; }
    std::uint16_t count() const noexcept { return count_; }
    /// The value at `index`, counted from 0. Complexity: linear in `index`.
    Cell at(std::size_t index) const noexcept;

private:
    const std::byte* begin() const noexcept { return capacity_ == inline_capacity ? inline_ : heap_; }
    std::byte* begin() noexcept { return capacity_ == inline_capacity ? inline_ : heap_; }
    std::byte* extend(std::size_t size, std::size_t count)
    {
        if (size > capacity_ - size_ || count > max_values - count_)
            grow(size, count);
        auto* out = begin() + size_;
        size_ += static_cast<std::uint32_t>(size);
        count_ = static_cast<std::uint16_t>(count_ + count);
        return out;
    }
    void grow(std::size_t size, std::size_t count);
    void release() noexcept
    {
        if (capacity_ != inline_capacity)
            delete[] heap_;
        capacity_ = inline_capacity;
    }
    void take(ValueBuffer& other) noexcept
    {
        size_ = other.size_;
        count_ = other.count_;
        capacity_ = other.capacity_;
        if (capacity_ == inline_capacity)
            std::memcpy(inline_, other.inline_, size_);
        else
            heap_ = other.heap_;
        other.capacity_ = inline_capacity;
        other.clear();
    }

    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = inline_capacity;
    std::uint16_t count_ = 0;
    std::byte* heap_ = nullptr; // beside the room, not in it: g++ 12 takes bytes there for a pointer and warns
    std::byte inline_[inline_capacity];
};

}
