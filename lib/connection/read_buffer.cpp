#include "lib/connection/read_buffer.hpp"

#include "lib/connection/exchange.hpp"
#include <algorithm>
#include <cstring>
#include <new>

namespace coodie::detail {

ReadBlock* ReadBlock::make(std::size_t capacity) noexcept
{
    auto* memory = ::operator new(sizeof(ReadBlock) + capacity, std::nothrow);
    return memory ? ::new (memory) ReadBlock{capacity} : nullptr;
}

ReadBlock::ReadBlock(std::size_t capacity) noexcept
    : SharedBytes::Owner{[](Owner* owner) noexcept { static_cast<ReadBlock*>(owner)->drop(1); }}, capacity_{capacity}
{
}

void ReadBlock::drop(std::int64_t shares) noexcept
{
    if (shares_.fetch_sub(shares, std::memory_order_acq_rel) != shares)
        return;
    this->~ReadBlock();
    ::operator delete(this);
}

SharedBytes Answer::share() const noexcept
{
    return block->share();
}

ReadBuffer::~ReadBuffer()
{
    if (block_)
        block_->leave();
}

std::span<std::byte> ReadBuffer::room() noexcept
{
    const auto usual = std::min(block_size, end_ - begin_ + block_size / 8);
    const auto wanted = std::max(needed_, needed_ > block_size ? needed_ : usual);
    if (begin_ == end_ && block_ && block_->capacity() == block_size && block_->is_alone())
        begin_ = end_ = 0;
    if ((!block_ || block_->capacity() - begin_ < wanted) && !make_room())
        return {};
    return {block_->bytes() + end_, block_->capacity() - end_};
}

/// False: there is no memory, and all is as before.
bool ReadBuffer::make_room() noexcept
{
    const auto unread_size = end_ - begin_;
    const auto capacity = needed_ > block_size ? needed_ : block_size;
    if (block_ && block_->capacity() == capacity && block_->is_alone())
        std::memmove(block_->bytes(), block_->bytes() + begin_, unread_size);
    else {
        auto* fresh = ReadBlock::make(capacity);
        if (!fresh)
            return false;
        if (unread_size != 0)
            std::memcpy(fresh->bytes(), block_->bytes() + begin_, unread_size);
        if (block_)
            block_->leave();
        block_ = fresh;
    }
    begin_ = 0;
    end_ = unread_size;
    return true;
}

}
