#include <protocol/register.hpp>

namespace coodie::protocol {

Error Register::check() const
{
    if (auto error = check_count("REGISTER", event_types.size()))
        return error;
    for (const auto type : event_types)
        if (auto error = check_string("an event type", type))
            return error;
    return {};
}

std::size_t Register::encoded_size() const noexcept
{
    return string_list_size(event_types);
}

void Register::encode(Writer& out) const noexcept
{
    out.write_string_list(event_types);
}

Register Register::decode(Reader& in)
{
    return {.event_types = in.read_string_list()};
}

}
