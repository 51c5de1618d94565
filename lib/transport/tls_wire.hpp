#pragma once

#include "lib/transport/transfer.hpp"
#include <span>

struct bio_method_st;

namespace coodie::detail {

/// What TLS records travel over. It never waits.
class TlsWire
{
public:
    virtual Transferred receive(std::span<std::byte> room) noexcept = 0;
    virtual Transferred send(std::span<const std::byte> bytes) noexcept = 0;

protected:
    ~TlsWire() = default;
};

/// One engine's use of its wire, which OpenSSL's BIO holds.
struct TlsWireUse
{
    TlsWire& wire;
    bool is_drained = false; ///< the last read left nothing: not worth another before the next wait
    bool is_ended = false;
    int first_byte = -1; ///< that the peer ever sent
    std::error_code failure = {};
};

/// OpenSSL's way to a TlsWireUse. Null: there is no memory.
bio_method_st* make_wire_method() noexcept;

}
