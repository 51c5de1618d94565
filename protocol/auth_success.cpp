#include <protocol/auth_success.hpp>

namespace coodie::protocol {

std::size_t AuthSuccess::encoded_size() const noexcept
{
    return bytes_size(token);
}

void AuthSuccess::encode(Writer& out) const noexcept
{
    out.write_bytes(token);
}

AuthSuccess AuthSuccess::decode(Reader& in)
{
    return {.token = in.read_bytes()};
}

}
