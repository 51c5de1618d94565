#include "peer.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdexcept>
#include <vector>

namespace tls {

namespace {

using Bio = std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })>;

Bio source_of(const std::string& text)
{
    return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

X509* certificate_in(const std::string& pem)
{
    return PEM_read_bio_X509(source_of(pem).get(), nullptr, nullptr, nullptr);
}

void show(SSL_CTX* context, const ServerOptions& options)
{
    auto* own = certificate_in(options.credential.certificate);
    auto* key = PEM_read_bio_PrivateKey(source_of(options.credential.key).get(), nullptr, nullptr, nullptr);
    if (SSL_CTX_use_certificate(context, own) != 1 || SSL_CTX_use_PrivateKey(context, key) != 1)
        throw std::runtime_error{"the server's certificate cannot be used"};
    X509_free(own);
    EVP_PKEY_free(key);
    if (!options.chain.empty())
        SSL_CTX_add0_chain_cert(context, certificate_in(options.chain));
}

void demand_certificate(SSL_CTX* context, const std::string& authority)
{
    auto* trusted = certificate_in(authority);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), trusted);
    SSL_CTX_add_client_CA(context, trusted);
    X509_free(trusted);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

}

Peer::Peer(const ServerOptions& options) : context_{SSL_CTX_new(TLS_server_method())}
{
    auto* context = context_.get();
    if (options.minimum_version < TLS1_2_VERSION)
        SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, options.minimum_version);
    SSL_CTX_set_max_proto_version(context, options.maximum_version);
    if (options.groups)
        SSL_CTX_set1_groups_list(context, options.groups);
    show(context, options);
    if (!options.client_authority.empty())
        demand_certificate(context, options.client_authority);
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("coodie"), 6);
    ssl_.reset(SSL_new(context));
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(ssl_.get());
}

void Peer::feed(std::string_view records)
{
    BIO_write(SSL_get_rbio(ssl_.get()), records.data(), static_cast<int>(records.size()));
}

std::string Peer::take_records()
{
    auto* out = SSL_get_wbio(ssl_.get());
    std::string records(BIO_ctrl_pending(out), '\0');
    if (!records.empty())
        BIO_read(out, records.data(), static_cast<int>(records.size()));
    return records;
}

std::string Peer::read()
{
    std::string all;
    std::vector<char> piece(16'384);
    std::size_t size = 0;
    ERR_clear_error();
    int result = 1;
    while ((result = SSL_read_ex(ssl_.get(), piece.data(), piece.size(), &size)) == 1)
        all.append(piece.data(), size);
    if (SSL_get_error(ssl_.get(), result) == SSL_ERROR_SSL)
        has_failed_ = true;
    if (const auto* name = SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name))
        asked_name_ = name;
    return all;
}

void Peer::write(std::string_view bytes)
{
    std::size_t size = 0;
    if (!bytes.empty() && SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &size) != 1)
        has_failed_ = true;
}

void Peer::say_goodbye()
{
    SSL_shutdown(ssl_.get());
}

void Peer::update_keys()
{
    SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_REQUESTED);
}

std::string Peer::client_name() const
{
    auto* shown = SSL_get0_peer_certificate(ssl_.get());
    char name[256] = "";
    if (shown)
        X509_NAME_get_text_by_NID(X509_get_subject_name(shown), NID_commonName, name, sizeof name);
    return name;
}

}
