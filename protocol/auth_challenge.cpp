#include <protocol/auth_challenge.hpp>

namespace coodie::protocol {

std::size_t AuthChallenge::encoded_size() const noexcept
{
    return bytes_size(token);
}

void AuthChallenge::encode(Writer& out) const noexcept
{
    out.write_bytes(token);
}

AuthChallenge AuthChallenge::decode(Reader& in)
{
    return {.token = in.read_bytes()};
}

}
