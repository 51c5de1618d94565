#include <algorithm>
#include <protocol/startup.hpp>

namespace coodie::protocol {

Error Startup::check() const
{
    if (auto error = check_count("STARTUP", options.size()))
        return error;
    for (const auto& [key, value] : options)
        for (const auto text : {key, value})
            if (auto error = check_string("an option of STARTUP", text))
                return error;
    if (std::ranges::none_of(options, [](const auto& option) { return option.first == "CQL_VERSION"; }))
        return {errc::invalid_query, "STARTUP names no CQL_VERSION"};
    return {};
}

std::size_t Startup::encoded_size() const noexcept
{
    return string_map_size(options);
}

void Startup::encode(Writer& out) const noexcept
{
    out.write_string_map(options);
}

Startup Startup::decode(Reader& in)
{
    return {.options = in.read_string_map()};
}

}
