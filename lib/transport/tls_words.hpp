#pragma once

#include <openssl/err.h>
#include <openssl/x509.h>
#include <string>

namespace coodie::detail {

// OpenSSL's things in words for errors. What a peer wrote comes without control characters.

/// The first thing that went wrong since ERR_clear_error.
std::string reason();
/// "2026-01-31 12:00:00 UTC"
std::string text_of(const ASN1_TIME* time);
/// "CN=node, O=example"
std::string text_of(const X509_NAME* name);
/// "DNS localhost, IP 127.0.0.1"; empty: the certificate names no host.
std::string host_names_of(const X509* certificate);

}
