#include "certificates.hpp"

#include <atomic>
#include <fstream>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <unistd.h>

namespace tls {

namespace {

using Bio = std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })>;

std::string text_in(BIO* bio)
{
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio, &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate)
{
    const Bio out{BIO_new(BIO_s_mem())};
    PEM_write_bio_X509(out.get(), certificate);
    return text_in(out.get());
}

std::string pem_of(EVP_PKEY* key, const std::string& password = {})
{
    const Bio out{BIO_new(BIO_s_mem())};
    PEM_write_bio_PKCS8PrivateKey(out.get(), key, password.empty() ? nullptr : EVP_aes_256_cbc(),
                                  password.empty() ? nullptr : password.data(), static_cast<int>(password.size()),
                                  nullptr, nullptr);
    return text_in(out.get());
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& text)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str());
    if (!extension)
        throw std::invalid_argument{"no such extension: " + text};
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

long next_serial()
{
    static std::atomic<long> last{0};
    return ++last;
}

}

Authority::Certificate Authority::make(const Wish& wish, EVP_PKEY* own, const char* constraints, X509* issuer,
                                       EVP_PKEY* signer)
{
    Certificate made{X509_new()};
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), next_serial());
    X509_gmtime_adj(X509_getm_notBefore(made.get()), 86'400L * wish.begins_in);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 86'400L * wish.ends_in);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1, -1, 0);
    auto* above = issuer ? issuer : made.get();
    X509_set_issuer_name(made.get(), X509_get_subject_name(above));
    X509_set_pubkey(made.get(), own);
    extend(made.get(), above, NID_basic_constraints, constraints);
    if (!wish.names.empty())
        extend(made.get(), above, NID_subject_alt_name, wish.names);
    if (wish.usage)
        extend(made.get(), above, NID_ext_key_usage, wish.usage);
    X509_sign(made.get(), signer, EVP_sha256());
    return made;
}

Authority::Authority(const std::string& name) : Authority{name, nullptr} {}

Authority::Authority(const std::string& name, const Authority* above) : key_{EVP_EC_gen("P-256")}
{
    certificate_ = make({.name = name, .names = "", .usage = nullptr}, key_.get(), "critical,CA:TRUE",
                        above ? above->certificate_.get() : nullptr, above ? above->key_.get() : key_.get());
    pem_ = pem_of(certificate_.get());
}

Authority Authority::below(const std::string& name) const
{
    return Authority{name, this};
}

Credential Authority::issue(const Wish& wish) const
{
    const Key key{EVP_EC_gen("P-256")};
    const auto made = make(wish, key.get(), "CA:FALSE", certificate_.get(), key_.get());
    return {pem_of(made.get()), pem_of(key.get())};
}

std::string encrypted(const std::string& key, const std::string& password)
{
    const Bio in{BIO_new_mem_buf(key.data(), static_cast<int>(key.size()))};
    auto* read = PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr);
    auto text = pem_of(read, password);
    EVP_PKEY_free(read);
    return text;
}

Folder::Folder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "coodie-tls-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error{"no folder for certificates"};
    path_ = pattern;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const
{
    std::ofstream{path(name)} << text;
    return path(name);
}

}
