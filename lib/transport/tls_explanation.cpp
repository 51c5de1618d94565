#include "lib/transport/tls_explanation.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace coodie::detail {

namespace {

constexpr const char* needs_certificate = "the server requires a client certificate; set certificate_file and key_file";

/// The alert that the peer sent; 0: none.
int alert_of(unsigned long code)
{
    const auto reason = ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
    return reason > SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256 ? reason - SSL_AD_REASON_OFFSET : 0;
}

/// OpenSSL 3.0 does not know the newest.
std::string name_of(int alert)
{
    return alert == SSL_AD_CERTIFICATE_REQUIRED ? "certificate required" : SSL_alert_desc_string_long(alert);
}

std::string no_common_version(TlsVersion minimum)
{
    return std::string{"the server speaks no TLS version that is allowed here; minimum_version is TLS "} +
           (minimum == TlsVersion::tls_1_2 ? "1.2" : "1.3");
}

std::string sentence_of(int alert, const TlsStory& story)
{
    const auto named = " (alert: " + name_of(alert) + ")";
    const bool is_asked_in_vain = story.was_asked && !story.has_certificate;
    switch (alert) {
    case SSL_AD_CERTIFICATE_REQUIRED: return needs_certificate + named;
    case SSL_AD_PROTOCOL_VERSION: return no_common_version(story.minimum_version) + named;
    case SSL_AD_UNRECOGNIZED_NAME: return "the server knows no '" + story.name + "'" + named + "; set server_name";
    case SSL_AD_HANDSHAKE_FAILURE:
        return is_asked_in_vain ? needs_certificate + named
                                : "the server found no TLS version and cipher in common" + named;
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
        if (story.was_asked)
            return story.has_certificate ? "the server refused the certificate of certificate_file" + named
                                         : needs_certificate + named;
        break;
    default: break;
    }
    const bool may_be_refused = story.was_asked && story.has_certificate && !story.was_heard;
    return "the server gave TLS up" + named +
           (may_be_refused ? "; it may have refused the certificate of certificate_file" : "");
}

bool is_tls(int first_byte)
{
    return first_byte >= SSL3_RT_CHANGE_CIPHER_SPEC && first_byte <= SSL3_RT_APPLICATION_DATA;
}

std::string no_tls(int first_byte)
{
    constexpr const char* digits = "0123456789abcdef";
    return std::string{"the server does not speak TLS on this port (the first byte of its answer is 0x"} +
           digits[first_byte / 16] + digits[first_byte % 16] + "); use its TLS port, or leave tls out";
}

/// The wire ended without a word of TLS about it.
Error silent_end(const TlsStory& story)
{
    const auto how = story.failure ? "broke: " + story.failure.message() : std::string{"was closed by the peer"};
    if (!story.is_secured)
        return {errc::connection_lost,
                "the connection " + how + ", during the TLS handshake; the peer may not speak TLS on this port"};
    if (story.was_asked && !story.was_heard)
        return {errc::connection_lost, "the connection " + how +
                                           ", right after the TLS handshake; the server may have refused the "
                                           "certificate of certificate_file"};
    if (story.failure)
        return {};
    return {errc::connection_lost, "the server closed the connection without TLS's close_notify: it was cut off"};
}

}

Error explanation_of(const TlsStory& story)
{
    if (const auto alert = alert_of(story.code))
        return {errc::tls, sentence_of(alert, story)};
    const bool is_over = story.failure || story.is_ended || story.was_dismissed;
    if (is_over && story.was_asked && !story.has_certificate && !story.was_heard)
        return {errc::tls, needs_certificate + std::string{" (it asked for one, and closed the connection)"}};
    if (story.first_byte >= 0 && !is_tls(story.first_byte))
        return {errc::tls, no_tls(story.first_byte)};
    if (story.was_dismissed)
        return {};
    if (is_over)
        return silent_end(story);
    const auto reason = ERR_GET_REASON(story.code);
    if (reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_UNKNOWN_PROTOCOL)
        return {errc::tls, no_common_version(story.minimum_version)};
    const auto* text = ERR_reason_error_string(story.code);
    return {errc::tls, std::string{"TLS failed: "} + (text ? text : "OpenSSL does not say why")};
}

}
