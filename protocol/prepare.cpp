#include <protocol/prepare.hpp>

namespace coodie::protocol {

Error Prepare::check(std::size_t size) const
{
    return check_bytes("PREPARE", size);
}

std::size_t Prepare::encoded_size() const noexcept
{
    return long_string_size(cql);
}

void Prepare::encode(Writer& out) const noexcept
{
    out.write_long_string(cql);
}

Prepare Prepare::decode(Reader& in)
{
    return {.cql = in.read_long_string()};
}

}
