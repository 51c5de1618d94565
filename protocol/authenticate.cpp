#include <protocol/authenticate.hpp>

namespace coodie::protocol {

std::size_t Authenticate::encoded_size() const noexcept
{
    return string_size(authenticator);
}

void Authenticate::encode(Writer& out) const noexcept
{
    out.write_string(authenticator);
}

Authenticate Authenticate::decode(Reader& in)
{
    return {.authenticator = in.read_string()};
}

}
