#include "lib/transport/tls_files.hpp"

#include "lib/transport/tls_words.hpp"
#include <cstring>
#include <memory>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace coodie::detail {

namespace {

struct Free
{
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Source = std::unique_ptr<BIO, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;

Error refusal(const std::string& option, const std::string& why)
{
    return {errc::configuration, "TLS options: " + option + " " + why};
}

std::string named(const char* option, const std::string& file)
{
    return std::string{option} + " '" + file + "'";
}

Source open(const std::string& file)
{
    ERR_clear_error();
    return Source{BIO_new_file(file.c_str(), "rb")};
}

/// Never asks at a terminal. `wanted` hears that there was an encrypted key.
struct Password
{
    const std::string& text;
    bool wanted = false;

    static int give(char* room, int size, int, void* self)
    {
        auto& [text, wanted] = *static_cast<Password*>(self);
        wanted = true;
        if (text.empty() || text.size() > static_cast<std::size_t>(size))
            return -1;
        std::memcpy(room, text.data(), text.size());
        return static_cast<int>(text.size());
    }
};

/// Null: there is none left, or the last error says why not.
Certificate read_certificate(BIO* source)
{
    const std::string none;
    Password password{none};
    return Certificate{PEM_read_bio_X509_AUX(source, nullptr, Password::give, &password)};
}

/// What reading certificates ended with is no error if it is the end of the text.
bool is_at_end()
{
    const auto last = ERR_peek_last_error();
    return ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
}

Error trust(ssl_ctx_st* context, BIO* source, const std::string& option)
{
    int count = 0;
    while (const auto certificate = read_certificate(source)) {
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get()) != 1)
            return refusal(option, "cannot be used: " + reason());
        ++count;
    }
    if (!is_at_end())
        return refusal(option, "cannot be read: " + reason());
    ERR_clear_error();
    return count == 0 ? refusal(option, "holds no certificate; it must be PEM (-----BEGIN CERTIFICATE-----)") : Error{};
}

Error read_chain(ssl_ctx_st* context, BIO* source, const std::string& option)
{
    const auto own = read_certificate(source);
    if (!own)
        return refusal(option, is_at_end() ? "holds no certificate; it must be PEM (-----BEGIN CERTIFICATE-----)"
                                           : "cannot be read: " + reason());
    if (X509_cmp_current_time(X509_get0_notAfter(own.get())) < 0)
        return refusal(option, "is of no use: the certificate expired on " + text_of(X509_get0_notAfter(own.get())));
    if (X509_cmp_current_time(X509_get0_notBefore(own.get())) > 0)
        return refusal(option,
                       "is of no use yet: the certificate begins on " + text_of(X509_get0_notBefore(own.get())));
    if (SSL_CTX_use_certificate(context, own.get()) != 1)
        return refusal(option, "cannot be used: " + reason());
    while (const auto issuer = read_certificate(source))
        if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1)
            return refusal(option, "holds a chain that cannot be used: " + reason());
    if (!is_at_end())
        return refusal(option, "cannot be read: " + reason());
    ERR_clear_error();
    return {};
}

Error read_key(ssl_ctx_st* context, const TlsOptions& options)
{
    const bool is_apart = !options.key_file.empty();
    const auto& file = is_apart ? options.key_file : options.certificate_file;
    const auto option = named(is_apart ? "key_file" : "certificate_file", file);
    const auto source = open(file);
    if (!source)
        return refusal(option, "cannot be opened: " + reason());
    Password password{options.key_password};
    const Key key{PEM_read_bio_PrivateKey(source.get(), nullptr, Password::give, &password)};
    if (!key && password.wanted)
        return refusal(option, options.key_password.empty() ? "is encrypted; give its key_password"
                                                            : "cannot be decrypted with key_password: " + reason());
    if (!key)
        return refusal(option, "holds no key that can be read (" + reason() +
                                   "); it must be PEM (-----BEGIN PRIVATE KEY-----)");
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return refusal(option,
                       "does not belong to " + named("certificate_file", options.certificate_file) + ": " + reason());
    return {};
}

}

Error trust_authorities(ssl_ctx_st* context, const TlsOptions& options)
{
    const bool none_given = options.ca_file.empty() && options.ca_pem.empty();
    if ((none_given || options.system_authorities) && SSL_CTX_set_default_verify_paths(context) != 1)
        return refusal("system_authorities", "cannot be used: " + reason());
    if (!options.ca_file.empty()) {
        const auto source = open(options.ca_file);
        if (!source)
            return refusal(named("ca_file", options.ca_file), "cannot be opened: " + reason());
        if (auto error = trust(context, source.get(), named("ca_file", options.ca_file)))
            return error;
    }
    if (options.ca_pem.empty())
        return {};
    ERR_clear_error();
    const Source source{BIO_new_mem_buf(options.ca_pem.data(), static_cast<int>(options.ca_pem.size()))};
    return trust(context, source.get(), "ca_pem");
}

Error use_certificate(ssl_ctx_st* context, const TlsOptions& options)
{
    const auto option = named("certificate_file", options.certificate_file);
    const auto source = open(options.certificate_file);
    if (!source)
        return refusal(option, "cannot be opened: " + reason());
    if (auto error = read_chain(context, source.get(), option))
        return error;
    return read_key(context, options);
}

}
