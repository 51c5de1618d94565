#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

namespace coodie::detail {

/// Frames on their way out: memory that grows, and is given back after a large frame. What was not sent yet keeps its
/// place at the front.
class WriteBuffer
{
public:
    static constexpr std::size_t most_kept = std::size_t{1024} * 1024; ///< once all is sent

    /// Memory of exactly `size` bytes at the end. Lifetime: until the next call.
    std::byte* extend(std::size_t size)
    {
        if (size > capacity_ - end_) [[unlikely]]
            grow(size);
        auto* at = memory_.get() + end_;
        end_ += size;
        return at;
    }
    /// Takes back what `extend` gave last, down to `size` bytes in all.
    void shrink(std::size_t size) noexcept { end_ = begin_ + size; }
    std::span<const std::byte> unsent() const noexcept { return {memory_.get() + begin_, end_ - begin_}; }
    std::span<std::byte> unsent() noexcept { return {memory_.get() + begin_, end_ - begin_}; }
    std::uint64_t total_sent() const noexcept { return sent_; }
    std::uint64_t total() const noexcept { return sent_ + (end_ - begin_); } ///< sent and unsent
    void sent(std::size_t size) noexcept
    {
        sent_ += size;
        begin_ += size;
        if (begin_ != end_)
            return;
        begin_ = end_ = 0;
        if (capacity_ > most_kept) [[unlikely]]
            give_back();
    }
    std::size_t capacity() const noexcept { return capacity_; }
    /// Overwrites everything that ever stood here and is not waiting to be sent.
    void wipe() noexcept
    {
        if (begin_ != 0)
            ::explicit_bzero(memory_.get(), begin_);
        if (capacity_ != end_)
            ::explicit_bzero(memory_.get() + end_, capacity_ - end_);
    }

private:
    void give_back() noexcept
    {
        memory_.reset();
        capacity_ = 0;
    }
    void grow(std::size_t size)
    {
        const auto waiting = end_ - begin_;
        if (waiting + size > capacity_ / 2) {
            const auto capacity = std::max(2 * (waiting + size), std::size_t{16} * 1024);
            auto fresh = std::make_unique_for_overwrite<std::byte[]>(capacity);
            if (waiting != 0)
                std::memcpy(fresh.get(), memory_.get() + begin_, waiting);
            if (capacity_ != 0)
                ::explicit_bzero(memory_.get(), capacity_); // credentials may have stood here
            memory_ = std::move(fresh);
            capacity_ = capacity;
        } else if (waiting != 0)
            std::memmove(memory_.get(), memory_.get() + begin_, waiting);
        begin_ = 0;
        end_ = waiting;
    }

    std::unique_ptr<std::byte[]> memory_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t sent_ = 0;
};

}
