#include <protocol/ready.hpp>

namespace coodie::protocol {

std::size_t Ready::encoded_size() const noexcept
{
    return 0;
}

void Ready::encode(Writer&) const noexcept {}

Ready Ready::decode(Reader&)
{
    return {};
}

}
