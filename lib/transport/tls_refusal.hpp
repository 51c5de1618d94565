#pragma once

#include <openssl/x509_vfy.h>
#include <string>

namespace coodie::detail {

/// Why a server's certificate was refused, and what to do about it. `name`: whom it must be for.
std::string refusal_of(X509_STORE_CTX* verification, const std::string& name);

}
