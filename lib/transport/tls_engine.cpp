#include "lib/transport/tls_engine.hpp"

#include "lib/transport/tls_explanation.hpp"
#include "lib/transport/tls_refusal.hpp"
#include "lib/transport/tls_words.hpp"
#include <algorithm>
#include <array>
#include <asio/ip/address.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace coodie::detail {

namespace {

TlsEngine& engine_of(const SSL* ssl)
{
    return *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
}

int on_verified(int is_fine, X509_STORE_CTX* verification)
{
    const auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx()));
    if (is_fine == 0 && SSL_get_verify_mode(ssl) != SSL_VERIFY_NONE)
        engine_of(ssl).refused(verification);
    return is_fine;
}

int on_certificate_request(SSL* ssl, void*)
{
    engine_of(ssl).asked_for_certificate();
    return 1;
}

/// "host." is the same host.
std::string without_root(std::string name)
{
    if (name.size() > 1 && name.ends_with('.'))
        name.pop_back();
    return name;
}

bool expect_address(X509_VERIFY_PARAM* expected, const asio::ip::address& address)
{
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size()) == 1;
    }
    const auto bytes = address.to_v6().to_bytes();
    return X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size()) == 1;
}

}

void TlsEngine::Free::operator()(ssl_st* ssl) const noexcept
{
    SSL_free(ssl);
}

TlsEngine::TlsEngine(std::shared_ptr<const TlsContext> context, const std::string& dialled, TlsWire& wire)
    : context_{std::move(context)}, name_{without_root(context_->name_for(dialled))}, use_{wire},
      ssl_{SSL_new(context_->native())}, error_{set_up()}
{
    if (error_)
        end_ = {Transfer::failed};
}

TlsEngine::~TlsEngine() = default;

Error TlsEngine::set_up()
{
    auto* bio = ssl_ ? BIO_new(context_->wire_method()) : nullptr;
    if (!bio)
        return {errc::tls, "TLS cannot begin: " + reason()};
    BIO_set_data(bio, &use_);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_app_data(ssl_.get(), this);
    SSL_set_verify(ssl_.get(), SSL_get_verify_mode(ssl_.get()), on_verified);
    SSL_set_cert_cb(ssl_.get(), on_certificate_request, nullptr);
    SSL_set_connect_state(ssl_.get());
    return expect_name();
}

/// SNI is for names only.
Error TlsEngine::expect_name()
{
    auto* expected = SSL_get0_param(ssl_.get());
    X509_VERIFY_PARAM_set_hostflags(expected,
                                    X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    std::error_code is_name;
    const auto address = asio::ip::make_address(name_, is_name);
    bool fine = true;
    if (is_name)
        fine = SSL_set_tlsext_host_name(ssl_.get(), name_.c_str()) == 1;
    if (fine && context_->verifies_identity())
        fine = is_name ? X509_VERIFY_PARAM_set1_host(expected, name_.data(), name_.size()) == 1
                       : expect_address(expected, address);
    return fine ? Error{}
                : Error{errc::tls, "'" + name_ + "' is no name that a certificate can be for; set server_name"};
}

void TlsEngine::refused(x509_store_ctx_st* verification)
{
    refusal_ = refusal_of(verification, name_);
}

Transferred TlsEngine::handshake() noexcept
{
    if (end_.outcome != Transfer::done)
        return end_;
    use_.is_drained = false;
    ERR_clear_error();
    const auto result = SSL_do_handshake(ssl_.get());
    if (result != 1)
        return outcome_of(result, read_needs_);
    is_secured_ = true;
    read_needs_ = Needs::nothing;
    return {};
}

Transferred TlsEngine::receive(std::span<std::byte> room) noexcept
{
    use_.is_drained = false;
    read_needs_ = Needs::nothing;
    std::size_t filled = 0;
    while (filled < room.size() && end_.outcome == Transfer::done) {
        std::size_t size = 0;
        ERR_clear_error();
        const auto result = SSL_read_ex(ssl_.get(), room.data() + filled, room.size() - filled, &size);
        filled += size;
        was_heard_ = was_heard_ || size != 0;
        if (result != 1 && outcome_of(result, read_needs_).outcome == Transfer::would_block)
            break;
    }
    if (filled != 0)
        return {Transfer::done, filled};
    return end_.outcome != Transfer::done ? end_ : Transferred{Transfer::would_block};
}

Transferred TlsEngine::send(std::span<const std::byte> bytes) noexcept
{
    if (end_.outcome != Transfer::done)
        return end_;
    std::size_t size = 0;
    ERR_clear_error();
    const auto result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &size);
    return result == 1 ? Transferred{Transfer::done, size} : outcome_of(result, write_needs_);
}

Transferred TlsEngine::send(std::span<const std::span<const std::byte>> pieces) noexcept
{
    std::array<std::byte, SSL3_RT_MAX_PLAIN_LENGTH> record;
    if (pieces.front().size() >= record.size())
        return send(pieces.front());
    std::size_t size = 0;
    for (const auto piece : pieces) {
        const auto part = piece.first(std::min(piece.size(), record.size() - size));
        std::copy(part.begin(), part.end(), record.begin() + static_cast<std::ptrdiff_t>(size));
        size += part.size();
    }
    return send(std::span<const std::byte>{record}.first(size));
}

void TlsEngine::close() noexcept
{
    if (!is_secured_ || end_.outcome != Transfer::done)
        return;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
    end_ = {Transfer::closed};
}

/// Anything but would_block is the end.
Transferred TlsEngine::outcome_of(int result, Needs& needs) noexcept
{
    const auto why = SSL_get_error(ssl_.get(), result);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
        needs = why == SSL_ERROR_WANT_READ ? Needs::readable : Needs::writable;
        return {Transfer::would_block};
    }
    const bool is_closed = why == SSL_ERROR_ZERO_RETURN || use_.is_ended;
    end_ = {is_closed ? Transfer::closed : Transfer::failed, 0, use_.failure};
    error_ = explanation(why == SSL_ERROR_ZERO_RETURN);
    return end_;
}

Error TlsEngine::explanation(bool was_dismissed)
{
    if (!refusal_.empty())
        return {errc::tls, refusal_};
    if (is_secured_ && use_.failure)
        hear_last_words();
    return explanation_of({.name = name_,
                           .minimum_version = context_->minimum_version(),
                           .has_certificate = context_->has_certificate(),
                           .was_asked = was_asked_,
                           .is_secured = is_secured_,
                           .was_heard = was_heard_,
                           .first_byte = use_.first_byte,
                           .failure = use_.failure,
                           .is_ended = use_.is_ended,
                           .was_dismissed = was_dismissed,
                           .code = ERR_peek_error()});
}

/// A peer that broke the wire may have left an alert on it.
void TlsEngine::hear_last_words()
{
    std::byte word{};
    std::size_t size = 0;
    use_.is_drained = false;
    ERR_clear_error();
    SSL_peek_ex(ssl_.get(), &word, 1, &size);
}

}
