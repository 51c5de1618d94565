#pragma once

#include <coodie/result.hpp>
#include <string>

namespace coodie::detail {

/// A server as options name it.
struct ContactPoint
{
    std::string name; ///< a DNS name or an address, without brackets
    std::uint16_t port = 0;

    /// "127.0.0.1:9042", "[::1]:9042"
    std::string to_string() const;
    /// "host", "host:port", "::1", "[::1]", "[::1]:port". Errors: errc::configuration.
    static Result<ContactPoint> parse(std::string_view text, std::uint16_t default_port);
};

}
