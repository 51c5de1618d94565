#include "lib/connection/output.hpp"

namespace coodie::detail {

void Output::borrow(Exchange& lender, protocol::Bytes bytes, std::size_t after)
{
    const auto before = own_.unsent().size() - placed_ - after;
    lent_.push_back({&lender, before, bytes});
    placed_ += before;
    lent_size_ += bytes.size();
    lender.is_lent = true;
}

std::size_t Output::pieces(std::span<protocol::Bytes> out) const noexcept
{
    std::size_t count = 0;
    const auto add = [&](protocol::Bytes piece) {
        if (!piece.empty() && count < out.size())
            out[count++] = piece;
    };
    auto own = own_.unsent();
    for (const auto& lent : lent_) {
        add(own.first(lent.before));
        add(lent.bytes);
        own = own.subspan(lent.before);
    }
    add(own);
    return count;
}

/// Gives how many of the sent bytes stand behind all that is lent.
std::size_t Output::sent_lent(std::size_t size) noexcept
{
    while (!lent_.empty()) {
        auto& next = lent_.front();
        const auto own = std::min(size, next.before);
        own_.sent(own);
        next.before -= own;
        placed_ -= own;
        const auto theirs = std::min(size - own, next.bytes.size());
        next.bytes = next.bytes.subspan(theirs);
        lent_size_ -= theirs;
        lent_sent_ += theirs;
        size -= own + theirs;
        if (next.before != 0 || !next.bytes.empty())
            break;
        auto& lender = *next.lender;
        lent_.erase(lent_.begin());
        lender.is_lent = false;
        lender.written(lender);
    }
    return size;
}

void Output::return_all() noexcept
{
    lent_size_ = placed_ = 0;
    for (const auto& lent : std::exchange(lent_, {})) {
        lent.lender->is_lent = false;
        lent.lender->written(*lent.lender);
    }
}

}
