#pragma once

#include <atomic>
#include <coodie/rows.hpp>
#include <span>

namespace coodie::detail {

/// Bytes from the socket, shared with the Rows that show parts of them. The count is biased: handing a share out is a
/// plain increment of the reader's, only giving one back is atomic.
class ReadBlock : public SharedBytes::Owner
{
public:
    /// Null: there is no memory.
    static ReadBlock* make(std::size_t capacity) noexcept;

    std::byte* bytes() noexcept { return reinterpret_cast<std::byte*>(this + 1); }
    std::size_t capacity() const noexcept { return capacity_; }

    SharedBytes share() noexcept
    {
        ++handed_;
        return SharedBytes{this};
    }
    /// Nobody else holds a share.
    bool is_alone() const noexcept { return shares_.load(std::memory_order_acquire) == bias - handed_; }
    /// The reader is done with it; whoever drops the last share frees it.
    void leave() noexcept { drop(bias - handed_); }

private:
    static constexpr std::int64_t bias = std::int64_t{1} << 40;

    explicit ReadBlock(std::size_t capacity) noexcept;
    void drop(std::int64_t shares) noexcept;

    std::size_t capacity_;
    std::int64_t handed_ = 0;
    std::atomic<std::int64_t> shares_{bias};
};

/// Where the socket's bytes go and frames are read in place.
/// A frame that does not fit into a block gets one of exactly its size.
class ReadBuffer
{
public:
    static constexpr std::size_t block_size = 64 * 1024;

    ReadBuffer() = default;
    ReadBuffer(const ReadBuffer&) = delete;
    ReadBuffer& operator=(const ReadBuffer&) = delete;
    ~ReadBuffer();

    /// Free room; at least up to the end of the frame that `need` told. Empty: there is no memory for it.
    std::span<std::byte> room() noexcept;
    void received(std::size_t size) noexcept { end_ += size; }

    std::span<const std::byte> unread() const noexcept
    {
        return block_ ? std::span<const std::byte>{block_->bytes() + begin_, end_ - begin_}
                      : std::span<const std::byte>{};
    }
    void consume(std::size_t size) noexcept { begin_ += size; }
    /// The frame that begins here has this many bytes.
    void need(std::size_t size) noexcept { needed_ = size; }
    ReadBlock* block() const noexcept { return block_; }

private:
    bool make_room() noexcept;

    ReadBlock* block_ = nullptr;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t needed_ = 0;
};

}
