#pragma once

#include "../wire.hpp"

#include <string>
#include <string_view>

namespace bench {

/// The bytes of a body, appended notation by notation.
class Body
{
public:
    Body& byte(std::uint8_t n) { return raw(&n, 1); }
    Body& short_(std::size_t n) { return number(static_cast<std::uint16_t>(n)); }
    Body& int_(std::int64_t n) { return number(static_cast<std::int32_t>(n)); }
    Body& long_(std::uint64_t n) { return number(n); }
    Body& double_(double n) { return number(n); }
    Body& string(std::string_view s) { return short_(s.size()).raw(s.data(), s.size()); }
    Body& raw(std::string_view s) { return raw(s.data(), s.size()); }
    const std::string& bytes() const { return bytes_; }

private:
    Body& raw(const void* from, std::size_t size)
    {
        bytes_.append(static_cast<const char*>(from), size);
        return *this;
    }
    template <class Number> Body& number(Number n)
    {
        std::byte out[sizeof n];
        store(out, n);
        return raw(out, sizeof n);
    }

    std::string bytes_;
};

/// A response frame for stream 0; whoever sends it writes the request's stream into bytes 2 and 3.
inline std::string frame(Opcode opcode, const Body& body = {})
{
    Body out;
    out.byte(0x84).byte(0).short_(0).byte(static_cast<std::uint8_t>(opcode));
    return out.int_(static_cast<std::int64_t>(body.bytes().size())).raw(body.bytes()).bytes();
}

}
