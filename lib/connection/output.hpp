#pragma once

#include "lib/connection/exchange.hpp"
#include "lib/connection/write_buffer.hpp"
#include <vector>

namespace coodie::detail {

/// What goes out, in order: bytes of our own, and among them large ones that stay where their exchanges have them.
class Output
{
public:
    /// See WriteBuffer.
    std::byte* extend(std::size_t size) { return own_.extend(size); }
    void shrink(std::size_t size) noexcept { own_.shrink(size); }
    void wipe() noexcept { own_.wipe(); }
    std::span<std::byte> own() noexcept { return own_.unsent(); }

    /// Sends the lender's bytes before the last `after` bytes of our own. They must stay until its `written` is called.
    void borrow(Exchange& lender, protocol::Bytes bytes, std::size_t after);
    /// Calls `written` of everybody: nothing more goes out.
    void return_all() noexcept;

    /// Bytes of our own, since the beginning: sent, and sent or not.
    std::uint64_t total_sent() const noexcept { return own_.total_sent(); }
    std::uint64_t total() const noexcept { return own_.total(); }
    /// With what was lent: all that was sent since the beginning.
    std::uint64_t all_sent() const noexcept { return own_.total_sent() + lent_sent_; }
    std::size_t size() const noexcept { return own_.unsent().size() + lent_size_; }
    bool has_lent() const noexcept { return !lent_.empty(); }
    /// What is to be sent next, as long as nothing is lent.
    protocol::Bytes plain() const noexcept { return own_.unsent(); }
    /// What is to be sent next, in pieces, as many as there is room for. Gives their number.
    std::size_t pieces(std::span<protocol::Bytes> out) const noexcept;
    void sent(std::size_t size) noexcept
    {
        if (has_lent()) [[unlikely]]
            size = sent_lent(size);
        own_.sent(size);
    }

private:
    struct Lent
    {
        Exchange* lender;
        std::size_t before; ///< bytes of our own between what was lent last and this
        protocol::Bytes bytes;
    };
    std::size_t sent_lent(std::size_t size) noexcept;

    WriteBuffer own_;
    std::vector<Lent> lent_;
    std::size_t placed_ = 0; ///< all `before` together
    std::size_t lent_size_ = 0;
    std::uint64_t lent_sent_ = 0; ///< ever
};

}
