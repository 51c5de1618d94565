#pragma once

#include "lib/transport/tls_context.hpp"
#include "lib/transport/tls_wire.hpp"

struct ssl_st;
struct x509_store_ctx_st;

namespace coodie::detail {

/// The client's end of one TLS connection: plain bytes on this side, records on the wire. Nothing waits.
/// Lifetime: the wire outlives it. Threads: one at a time.
class TlsEngine
{
public:
    /// What something that would block waits for.
    enum class Needs : std::uint8_t
    {
        nothing, ///< there may be more already
        readable,
        writable,
    };

    /// `dialled`: the name or address that the certificate must be for, unless the context has another.
    TlsEngine(std::shared_ptr<const TlsContext> context, const std::string& dialled, TlsWire& wire);
    ~TlsEngine();
    TlsEngine(const TlsEngine&) = delete;
    TlsEngine& operator=(const TlsEngine&) = delete;

    /// Until it is done nothing else is called but `close`.
    Transferred handshake() noexcept;
    /// Fills the room as far as there is something to fill it with.
    Transferred receive(std::span<std::byte> room) noexcept;
    /// After would_block the same bytes come again, at another address perhaps, and more behind them.
    Transferred send(std::span<const std::byte> bytes) noexcept;
    /// The same for bytes in pieces, at least one: small ones share a record.
    Transferred send(std::span<const std::span<const std::byte>> pieces) noexcept;
    /// Tells the peer, if that can be done at once.
    void close() noexcept;

    Needs read_needs() const noexcept { return read_needs_; }
    Needs write_needs() const noexcept { return write_needs_; }
    /// Why something failed or was closed, when TLS has something to say about it.
    const Error& error() const noexcept { return error_; }

    /// OpenSSL asks: the server wants to see a certificate.
    void asked_for_certificate() noexcept { was_asked_ = true; }
    /// OpenSSL asks: this certificate was refused.
    void refused(x509_store_ctx_st* verification);

private:
    struct Free
    {
        void operator()(ssl_st* ssl) const noexcept;
    };

    Error set_up();
    Error expect_name();
    Transferred outcome_of(int result, Needs& needs) noexcept;
    Error explanation(bool was_dismissed);
    void hear_last_words();

    const std::shared_ptr<const TlsContext> context_;
    const std::string name_;
    TlsWireUse use_;
    std::unique_ptr<ssl_st, Free> ssl_;
    Needs read_needs_ = Needs::nothing;
    Needs write_needs_ = Needs::writable;
    bool is_secured_ = false;
    bool was_asked_ = false;
    bool was_heard_ = false; ///< bytes came after the handshake
    std::string refusal_;
    Error error_;
    Transferred end_; ///< other than done: nothing comes after it
};

}
