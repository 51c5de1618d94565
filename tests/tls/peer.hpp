#pragma once

#include "certificates.hpp"

#include <openssl/ssl.h>
#include <string_view>

namespace tls {

struct ServerOptions
{
    Credential credential;
    std::string chain = {};            ///< PEM, sent with the certificate
    std::string client_authority = {}; ///< PEM; set: clients must show a certificate of it
    int minimum_version = TLS1_2_VERSION;
    int maximum_version = TLS1_3_VERSION;
    const char* groups = nullptr; ///< key exchange groups, where not the usual
};

/// The server's end of one TLS connection, without a socket: records in and out, plain bytes in and out.
class Peer
{
public:
    explicit Peer(const ServerOptions& options);

    void feed(std::string_view records);
    std::string take_records();
    /// What came, after the handshake if that is due.
    std::string read();
    void write(std::string_view bytes);
    void say_goodbye(); ///< close_notify
    void update_keys(); ///< TLS 1.3: and asks the client for the same

    bool is_secured() const { return SSL_is_init_finished(ssl_.get()) != 0; }
    bool has_failed() const { return has_failed_; }
    bool was_dismissed() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
    /// SNI; empty: none.
    std::string asked_name() const { return asked_name_; }
    /// The common name of the certificate that the client showed.
    std::string client_name() const;
    std::string version() const { return SSL_get_version(ssl_.get()); }

private:
    struct Free
    {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<SSL, Free> ssl_;
    std::string asked_name_;
    bool has_failed_ = false;
};

}
