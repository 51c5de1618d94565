#include "lib/transport/contact_point.hpp"

#include <charconv>

namespace coodie::detail {

namespace {

Error refusal(std::string_view text, const char* why)
{
    return {errc::configuration,
            "host '" + std::string{text} + "': " + why + "; write host, host:port or [address]:port"};
}

}

std::string ContactPoint::to_string() const
{
    const auto is_v6 = name.find(':') != std::string::npos;
    return (is_v6 ? '[' + name + ']' : name) + ':' + std::to_string(port);
}

Result<ContactPoint> ContactPoint::parse(std::string_view text, std::uint16_t default_port)
{
    std::string_view name = text, port;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return refusal(text, "a bracket is not closed");
        name = text.substr(1, end - 1);
        if (end + 1 != text.size() && text[end + 1] != ':')
            return refusal(text, "something other than a port follows the bracket");
        port = text.substr(end + 1);
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos && colon == text.rfind(':')) {
        name = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (name.empty())
        return refusal(text, "it has no name");
    if (name.find_first_of(" \t\r\n") != std::string_view::npos)
        return refusal(text, "it has a blank");
    if (port.empty())
        return ContactPoint{std::string{name}, default_port};
    unsigned number = 0;
    const auto* end = port.data() + port.size();
    const auto parsed = std::from_chars(port.data() + 1, end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || number == 0 || number > 65'535)
        return refusal(text, "its port is no number from 1 to 65535");
    return ContactPoint{std::string{name}, static_cast<std::uint16_t>(number)};
}

}
