#include <protocol/auth_response.hpp>

namespace coodie::protocol {

Error AuthResponse::check() const
{
    return {};
}

std::size_t AuthResponse::encoded_size() const noexcept
{
    return bytes_size(token);
}

void AuthResponse::encode(Writer& out) const noexcept
{
    out.write_bytes(token);
}

AuthResponse AuthResponse::decode(Reader& in)
{
    return {.token = in.read_bytes()};
}

Result<std::vector<std::byte>> plain_token(std::string_view user, std::string_view password)
{
    if (user.find('\0') != user.npos || password.find('\0') != password.npos)
        return Error{errc::configuration, "username and password may not hold the character NUL"};
    std::vector<std::byte> token(2 + user.size() + password.size());
    if (auto error = check_bytes("the credentials", token.size()))
        return error;
    Writer out{token};
    out.write_byte(0);
    out.write_raw(user);
    out.write_byte(0);
    out.write_raw(password);
    return token;
}

}
