#pragma once

#include <filesystem>
#include <memory>
#include <openssl/x509.h>
#include <string>

namespace tls {

/// A certificate and its key, as PEM.
struct Credential
{
    std::string certificate;
    std::string key;
};

struct Wish
{
    std::string name = "node";                        ///< the common name
    std::string names = "DNS:localhost,IP:127.0.0.1"; ///< alternative names as openssl.cnf has them; empty: none
    int begins_in = -1;                               ///< days from now
    int ends_in = 30;
    const char* usage = "serverAuth,clientAuth";
};

/// An authority that signs what it is asked to sign.
class Authority
{
public:
    explicit Authority(const std::string& name);

    const std::string& pem() const { return pem_; }
    Credential issue(const Wish& wish = {}) const;
    /// An authority below this one, and its certificate.
    Authority below(const std::string& name) const;

private:
    struct Free
    {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free>;
    using Certificate = std::unique_ptr<X509, Free>;

    Authority(const std::string& name, const Authority* above);
    static Certificate make(const Wish& wish, EVP_PKEY* own, const char* constraints, X509* issuer, EVP_PKEY* signer);

    Key key_;
    Certificate certificate_;
    std::string pem_;
};

std::string encrypted(const std::string& key, const std::string& password);

/// A folder that is gone with this.
class Folder
{
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    /// Writes a file, and says where it is.
    std::string write(const std::string& name, const std::string& text) const;
    std::string path(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}
