#pragma once

#include "lib/connection/connection_meter.hpp"
#include "lib/connection/output.hpp"
#include "lib/connection/read_buffer.hpp"
#include "lib/connection/streams.hpp"
#include <optional>
#include <protocol/compression.hpp>

namespace coodie::detail {

struct CoreLimits
{
    std::uint32_t max_body = 256U << 20U;
    std::size_t max_streams = 32'768;
};

/// One connection without its socket: frames out, bytes in, answers to the exchanges they belong to.
/// Threads: none of its own.
class ConnectionCore
{
public:
    /// `meter`: where it counts; null: nowhere.
    explicit ConnectionCore(const CoreLimits& limits, ConnectionMeter* meter = nullptr);

    // Out
    bool has_free_stream() const noexcept { return streams_.has_free(); }
    /// Begins a frame; gives memory for a body of exactly `size` bytes but those `lent`, to be filled before `finish`.
    /// Only when a stream is free, but for one heartbeat beyond. Lifetime: until `finish`.
    std::span<std::byte> begin(Exchange& exchange, protocol::Opcode opcode, std::uint8_t flags, std::size_t size,
                               std::size_t lent = 0)
    {
        streams_.acquire(exchange);
        exchange.begins_at = out_.total();
        frame_size_ = protocol::header_size + size - lent;
        auto* at = out_.extend(frame_size_);
        const protocol::FrameHeader header{protocol::request_version, flags, exchange.stream, opcode,
                                           static_cast<std::int32_t>(size)};
        return {protocol::store_header(at, header), size - lent};
    }
    /// Bytes of this size are better lent than copied into a frame.
    bool may_borrow(std::size_t size) const noexcept { return size >= smallest_lent && !compression_; }
    /// The frame's missing bytes, which stand before its last `after`. See Output.
    void borrow(Exchange& lender, protocol::Bytes bytes, std::size_t after) { out_.borrow(lender, bytes, after); }
    void finish()
    {
        if (compression_ && frame_size_ >= smallest_compressed)
            compress_frame();
    }
    /// What events go to, as long as this lives; null: they are dropped.
    void on_event(Exchange* events) noexcept { events_ = events; }
    /// Nobody waits for the answer any more; its stream stays taken until it comes.
    void abandon(Exchange& exchange) noexcept
    {
        streams_.abandon(exchange);
        if (meter_)
            ++meter_->given_up;
    }
    std::size_t orphans() const noexcept { return streams_.orphans(); }
    std::size_t in_flight() const noexcept { return streams_.in_use(); } ///< orphans as well
    /// The server may have seen some of the frame of an exchange that began here, answered or lost.
    bool has_sent(const Exchange& exchange) const noexcept { return exchange.begins_at < out_.total_sent(); }

    const Output& output() const noexcept { return out_; }
    /// Nothing more goes out.
    void stop_output() noexcept { out_.return_all(); }
    void sent(std::size_t size) noexcept
    {
        out_.sent(size);
        if (meter_)
            meter_->bytes_sent.add(size);
    }
    void wipe_output() noexcept { out_.wipe(); }

    // In
    /// Empty: there is no memory for what comes.
    std::span<std::byte> input_room() noexcept { return in_.room(); }
    void received(std::size_t size) noexcept
    {
        in_.received(size);
        if (meter_)
            meter_->bytes_received.add(size);
    }
    /// Bytes of a frame that is not whole yet.
    std::size_t unread() const noexcept { return in_.unread().size(); }
    /// An answer came, of whatever kind.
    bool was_heard() const noexcept { return !limits_.first_answer; }
    /// Set if the peer ended within its first words, and these are none of CQL.
    Error refusal_of_rest() const { return protocol::refusal_of_stranger(in_.unread()); }
    /// The next answer that somebody waits for. Null: no whole frame is there, or `error()` says why there is none.
    Exchange* next(Answer& answer);
    /// Set: nothing can be read from this peer any more.
    const Error& error() const noexcept { return error_; }

    /// After the handshake: the limits of a peer that knows us, and compression as agreed.
    void authenticated(std::optional<protocol::CompressionAlgorithm> compression, bool metadata_ids = false) noexcept;
    /// EXECUTE and RESULT Prepared hold ids of result metadata here: an extension of Scylla's.
    bool has_metadata_ids() const noexcept { return metadata_ids_; }
    /// From STARTUP on answers may be compressed.
    void agree(std::optional<protocol::CompressionAlgorithm> compression) noexcept { agreed_ = compression; }

    /// No answer will come, and no stream is free any more.
    void end() noexcept { streams_.end(); }
    /// After `end`: takes one that waits for an answer; null: none is left. The others can still be abandoned.
    Exchange* take_pending() noexcept { return streams_.take(); }

    ConnectionCore(const ConnectionCore&) = delete;
    ConnectionCore& operator=(const ConnectionCore&) = delete;
    ~ConnectionCore();

private:
    static constexpr std::size_t smallest_compressed = 512;
    static constexpr std::size_t smallest_lent = 16 * 1024;
    static constexpr std::size_t max_in_flight = 32'767; ///< of 32 768 streams: the last is for heartbeats

    bool read_header(std::span<const std::byte> bytes, protocol::FrameHeader& header);
    Exchange* exchange_of(Answer& answer);
    void refused(Answer& answer);
    void decompress(Answer& answer);
    Error unpack(Answer& answer);
    void compress_frame();
    void fail(std::string sentence);

    ConnectionMeter* const meter_;
    Streams streams_;
    Output out_;
    ReadBuffer in_;
    protocol::FrameLimits limits_;
    std::uint32_t max_body_;
    std::size_t frame_size_ = 0;
    Exchange* events_ = nullptr;
    std::optional<protocol::CompressionAlgorithm> agreed_;
    std::optional<protocol::CompressionAlgorithm> compression_;
    bool metadata_ids_ = false;
    ReadBlock* decompressed_ = nullptr;
    Error error_;
};

}
