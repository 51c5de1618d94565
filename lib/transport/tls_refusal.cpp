#include "lib/transport/tls_refusal.hpp"

#include "lib/transport/tls_words.hpp"

namespace coodie::detail {

namespace {

std::string wrong_name(const X509* certificate, const std::string& name)
{
    const auto names = host_names_of(certificate);
    return "is not for '" + name + "'; it is for " +
           (names.empty() ? "no host at all (a common name does not count)" : names) +
           "; dial one of these, or set server_name";
}

std::string unknown_authority(const X509* certificate)
{
    return "is signed by '" + text_of(X509_get_issuer_name(certificate)) +
           "', which is not trusted; give the authority that the server's certificate leads to in ca_file";
}

std::string what_is_wrong(X509_STORE_CTX* verification, const X509* certificate, const std::string& name)
{
    const auto code = X509_STORE_CTX_get_error(verification);
    switch (code) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return wrong_name(certificate, name);
    case X509_V_ERR_CERT_HAS_EXPIRED: return "expired on " + text_of(X509_get0_notAfter(certificate));
    case X509_V_ERR_CERT_NOT_YET_VALID: return "is not valid before " + text_of(X509_get0_notBefore(certificate));
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return unknown_authority(certificate);
    default: return std::string{"is refused: "} + X509_verify_cert_error_string(code);
    }
}

}

std::string refusal_of(X509_STORE_CTX* verification, const std::string& name)
{
    const auto* certificate = X509_STORE_CTX_get_current_cert(verification);
    if (!certificate)
        return "the server's certificate cannot be verified";
    const auto* whose = X509_STORE_CTX_get_error_depth(verification) == 0
                            ? "the server's certificate '"
                            : "the certificate of the server's authority '";
    return whose + text_of(X509_get_subject_name(certificate)) + "' " + what_is_wrong(verification, certificate, name);
}

}
