#include "lib/transport/tls_words.hpp"

#include <array>
#include <ctime>
#include <memory>
#include <openssl/x509v3.h>
#include <system_error>

namespace coodie::detail {

namespace {

constexpr int most_names = 8;

std::string printable(const ASN1_STRING* text)
{
    std::string all{reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                    static_cast<std::size_t>(ASN1_STRING_length(text))};
    for (auto& c : all)
        if (c < 0x20 || c > 0x7e)
            c = '?';
    return all.substr(0, 255);
}

std::string address_of(const ASN1_OCTET_STRING* bytes)
{
    const std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })> text{
        i2s_ASN1_OCTET_STRING(nullptr, bytes)};
    const auto* at = ASN1_STRING_get0_data(bytes);
    if (ASN1_STRING_length(bytes) != 4)
        return text ? text.get() : "?";
    std::string dotted = std::to_string(at[0]);
    for (int n = 1; n < 4; ++n)
        dotted += '.' + std::to_string(at[n]);
    return dotted;
}

std::string text_of(const GENERAL_NAME* name)
{
    if (name->type == GEN_DNS)
        return "DNS " + printable(name->d.dNSName);
    if (name->type == GEN_IPADD)
        return "IP " + address_of(name->d.iPAddress);
    return {};
}

}

std::string reason()
{
    const auto code = ERR_peek_error();
    if (code == 0)
        return "for no reason that OpenSSL gives";
    if (ERR_SYSTEM_ERROR(code))
        return std::system_category().message(ERR_GET_REASON(code));
    const auto* text = ERR_reason_error_string(code);
    return text ? text : "OpenSSL's error " + std::to_string(code);
}

std::string text_of(const ASN1_TIME* time)
{
    std::tm parts{};
    std::array<char, 64> text{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return "a date that cannot be read";
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts)};
}

std::string text_of(const X509_NAME* name)
{
    const std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })> out{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ);
    const char* text = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &text);
    return size > 0 ? std::string{text, static_cast<std::size_t>(size)} : "without a name";
}

std::string host_names_of(const X509* certificate)
{
    const std::unique_ptr<GENERAL_NAMES, decltype([](GENERAL_NAMES* all) { GENERAL_NAMES_free(all); })> names{
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
    std::string all;
    int count = 0;
    for (int n = 0; names && n < sk_GENERAL_NAME_num(names.get()); ++n) {
        const auto text = text_of(sk_GENERAL_NAME_value(names.get(), n));
        if (text.empty())
            continue;
        if (++count > most_names)
            return all + " and others";
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

}
