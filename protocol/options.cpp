#include <protocol/options.hpp>

namespace coodie::protocol {

std::size_t Options::encoded_size() const noexcept
{
    return 0;
}

void Options::encode(Writer&) const noexcept {}

Options Options::decode(Reader&)
{
    return {};
}

}
