#include "lib/transport/tls_context.hpp"

#include "lib/transport/tls_files.hpp"
#include "lib/transport/tls_wire.hpp"
#include "lib/transport/tls_words.hpp"
#include <openssl/ssl.h>

namespace coodie::detail {

namespace {

Error refusal(std::string sentence)
{
    return {errc::configuration, "TLS options: " + std::move(sentence)};
}

Error check(const TlsOptions& options)
{
    if (!options.verify_peer && options.verify_identity)
        return refusal(
            "verify_peer is false, but verify_identity is true; a certificate that is not verified proves no "
            "identity: set both to false to believe any server");
    if (!options.verify_peer && !(options.ca_file.empty() && options.ca_pem.empty()))
        return refusal("authorities are given, but verify_peer is false; leave one of them out");
    if (options.certificate_file.empty() && !(options.key_file.empty() && options.key_password.empty()))
        return refusal("a key is given, but certificate_file is not; name the certificate that it belongs to");
    if (options.server_name.find('\0') != std::string::npos)
        return refusal("server_name holds a NUL; no certificate is for such a name");
    return {};
}

int number_of(TlsVersion version)
{
    switch (version) {
    case TlsVersion::tls_1_2: return TLS1_2_VERSION;
    case TlsVersion::tls_1_3: return TLS1_3_VERSION;
    }
    return TLS1_3_VERSION;
}

}

void TlsContext::Free::operator()(ssl_ctx_st* context) const noexcept
{
    SSL_CTX_free(context);
}

void TlsContext::Free::operator()(bio_method_st* method) const noexcept
{
    BIO_meth_free(method);
}

TlsContext::TlsContext(const TlsOptions& options)
    : context_{SSL_CTX_new(TLS_client_method())}, wire_method_{make_wire_method()}, server_name_{options.server_name},
      minimum_version_{options.minimum_version}, verifies_identity_{options.verify_identity},
      has_certificate_{!options.certificate_file.empty()}
{
}

Result<std::shared_ptr<const TlsContext>> TlsContext::make(const TlsOptions& options)
{
    if (auto error = check(options))
        return error;
    const std::shared_ptr<TlsContext> context{new TlsContext{options}};
    if (auto error = context->set_up(options))
        return error;
    return std::shared_ptr<const TlsContext>{context};
}

/// Ciphers, groups and the security level stay what the system's policy says.
Error TlsContext::set_up(const TlsOptions& options)
{
    auto* context = context_.get();
    if (!context || !wire_method_ || SSL_CTX_set_min_proto_version(context, number_of(minimum_version_)) != 1)
        return refusal("OpenSSL cannot be used: " + reason());
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_verify(context, options.verify_peer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (options.verify_peer)
        if (auto error = trust_authorities(context, options))
            return error;
    return has_certificate_ ? use_certificate(context, options) : Error{};
}

}
