#pragma once

#include "session.hpp"
#include "tls_front.hpp"

/// The authority that signs what the tests' servers and clients show.
inline const tls::Authority& authority()
{
    static const tls::Authority made{"our authority"};
    return made;
}

inline TlsFront::Options signed_by_us(const tls::Wish& wish = {})
{
    return {.server = {.credential = authority().issue(wish)}};
}

/// Options that reach a front, impatient enough for tests.
inline coodie::SessionOptions options_for(const TlsFront& front)
{
    return {.hosts = {front.host()},
            .metadata = false,
            .tls = coodie::TlsOptions{.ca_pem = authority().pem()},
            .connect_timeout = std::chrono::seconds{10}};
}

inline bool says(const coodie::Error& error, std::string_view words)
{
    return error && error.message().find(words) != std::string::npos;
}
