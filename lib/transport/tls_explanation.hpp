#pragma once

#include <coodie/error.hpp>
#include <coodie/tls_options.hpp>

namespace coodie::detail {

/// What is known of a TLS connection that ended.
struct TlsStory
{
    std::string name = {}; ///< of the server, as its certificate must have it
    TlsVersion minimum_version = TlsVersion::tls_1_2;
    bool has_certificate = false; ///< we have one to show
    bool was_asked = false;       ///< for it, by the server
    bool is_secured = false;      ///< the handshake was done
    bool was_heard = false;       ///< and bytes came after it
    int first_byte = -1;          ///< that the peer ever sent
    std::error_code failure = {}; ///< of the wire
    bool is_ended = false;        ///< the wire
    bool was_dismissed = false;   ///< the peer closed as TLS has it
    unsigned long code = 0;       ///< OpenSSL's oldest error
};

/// Why it ended: errc::tls, or errc::connection_lost. Empty: TLS knows nothing beyond what the wire says.
Error explanation_of(const TlsStory& story);

}
