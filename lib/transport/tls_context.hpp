#pragma once

#include <coodie/result.hpp>
#include <coodie/tls_options.hpp>
#include <memory>

struct ssl_ctx_st;
struct bio_method_st;

namespace coodie::detail {

/// What all TLS connections of a session share: whom they trust, who we are, which versions will do. Immutable.
class TlsContext
{
public:
    /// Reads every file. Errors: errc::configuration, with the option, the file and the reason.
    static Result<std::shared_ptr<const TlsContext>> make(const TlsOptions& options);

    ssl_ctx_st* native() const noexcept { return context_.get(); }
    /// How connections reach their wires: see TlsEngine.
    const bio_method_st* wire_method() const noexcept { return wire_method_.get(); }
    bool has_certificate() const noexcept { return has_certificate_; }
    bool verifies_identity() const noexcept { return verifies_identity_; }
    TlsVersion minimum_version() const noexcept { return minimum_version_; }
    /// Whom the certificate must name when `dialled` was dialled.
    const std::string& name_for(const std::string& dialled) const noexcept
    {
        return server_name_.empty() ? dialled : server_name_;
    }

private:
    struct Free
    {
        void operator()(ssl_ctx_st* context) const noexcept;
        void operator()(bio_method_st* method) const noexcept;
    };

    explicit TlsContext(const TlsOptions& options);
    Error set_up(const TlsOptions& options);

    std::unique_ptr<ssl_ctx_st, Free> context_;
    std::unique_ptr<bio_method_st, Free> wire_method_;
    std::string server_name_;
    TlsVersion minimum_version_;
    bool verifies_identity_;
    bool has_certificate_;
};

}
