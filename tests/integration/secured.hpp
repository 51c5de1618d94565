#pragma once

#include "hosts.hpp"
#include "tests/error_of.hpp"

// Clusters that want TLS, certificates or passwords, as tools/cassandra starts them.

/// A file of the folder that COODIE_CERTIFICATES names.
inline std::string certificate(const std::string& name)
{
    const char* folder = std::getenv("COODIE_CERTIFICATES");
    if (!folder || !*folder)
        throw std::runtime_error{"COODIE_CERTIFICATES names no folder; run tools/test"};
    return std::string{folder} + '/' + name;
}

inline coodie::SessionOptions options_over_tls()
{
    auto options = options_for();
    options.tls = coodie::TlsOptions{.ca_file = certificate("ca.pem")};
    return options;
}

inline coodie::SessionOptions options_with_certificate()
{
    auto options = options_over_tls();
    options.tls->certificate_file = certificate("client.pem");
    options.tls->key_file = certificate("client.key");
    return options;
}

/// The server answers a question about itself.
inline std::string cluster_of(const coodie::SessionOptions& options)
{
    auto session = coodie::Session::connect(options);
    const auto rows = session.execute("SELECT cluster_name FROM system.local");
    return rows.front()["cluster_name"].as<std::string>();
}

inline bool says(const coodie::Error& error, std::string_view words)
{
    return error && error.message().find(words) != std::string::npos;
}
