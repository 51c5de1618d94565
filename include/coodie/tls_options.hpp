#pragma once

#include <cstdint>
#include <string>

namespace coodie {

enum class TlsVersion : std::uint8_t
{
    tls_1_2,
    tls_1_3,
};

/// How connections are encrypted, whom they trust and who we are. Everything is read and checked by connect; a file
/// that cannot be used is a ConfigurationError with its name. Files that change later are read again for new
/// connections. As it stands: the system's authorities, identity checked.
struct TlsOptions
{
    std::string ca_file = {};          ///< PEM, one certificate or more: the authorities to trust
    std::string ca_pem = {};           ///< the same as text; both may be given
    bool system_authorities = false;   ///< trust those of the system as well; without ca_file and ca_pem always
    std::string certificate_file = {}; ///< PEM: the client's certificate, then the chain that leads to its authority
    std::string key_file = {};         ///< PEM; empty: the key stands in certificate_file
    std::string key_password = {};     ///< of an encrypted key; never logged
    TlsVersion minimum_version = TlsVersion::tls_1_2;
    bool verify_peer = true;      ///< false: any server is believed; only together with verify_identity = false
    bool verify_identity = true;  ///< the certificate is for the name or address that was dialled
    std::string server_name = {}; ///< sent (SNI) and checked instead of what was dialled
};

}
