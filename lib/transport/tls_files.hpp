#pragma once

#include <coodie/error.hpp>
#include <coodie/tls_options.hpp>

struct ssl_ctx_st;

namespace coodie::detail {

// What options name, read into a context. Errors: errc::configuration, with the option, the file and the reason.

Error trust_authorities(ssl_ctx_st* context, const TlsOptions& options);
/// Certificate, chain and key, which belong together.
Error use_certificate(ssl_ctx_st* context, const TlsOptions& options);

}
