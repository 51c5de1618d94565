#pragma once

#include <coodie/error.hpp>
#include <coodie/rows.hpp>
#include <protocol/frame.hpp>

namespace coodie::detail {

class ReadBlock;

/// A whole frame from the server. Views, until the next frame is asked for.
struct Answer
{
    protocol::FrameHeader header; ///< compression is undone: the flag is off
    protocol::Bytes body;
    ReadBlock* block = nullptr;
    Error failure = {}; ///< set: the body cannot be read; the exchange is lost for it

    /// A share of the bytes that `body` shows.
    SharedBytes share() const noexcept;
};

/// A request on its way: what the answer of its stream goes to. Exactly one of both is called, unless it is abandoned.
struct Exchange
{
    /// Errors: what is wrong with the answer so that the connection cannot go on.
    Error (*answered)(Exchange&, const Answer&) = nullptr;
    void (*lost)(Exchange&, const Error&) noexcept = nullptr;
    /// Bytes that it lent to its frame are not needed any more: all were sent, or none will be.
    void (*written)(Exchange&) noexcept = nullptr;
    std::int16_t stream = -1;    ///< below 0: not on its way
    bool is_lent = false;        ///< its frame still needs bytes of it, even after the answer
    std::uint64_t begins_at = 0; ///< the bytes that its connection sends before its frame, lent ones apart
};

}
