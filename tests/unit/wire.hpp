#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Bytes as one reads the specification: wire().byte(0x04).int_(15).long_string("SELECT 1").
/// Remembers where lengths and counts stand, so that tests can lie in each of them.
class Wire
{
public:
    struct Length
    {
        std::size_t at;
        std::size_t width; ///< 1, 2 or 4 bytes
    };

    Wire& byte(unsigned value) { return put(value, 1); }
    Wire& short_(std::int64_t value) { return put(static_cast<std::uint64_t>(value), 2); }
    Wire& int_(std::int64_t value) { return put(static_cast<std::uint64_t>(value), 4); }
    Wire& long_(std::int64_t value) { return put(static_cast<std::uint64_t>(value), 8); }

    Wire& byte_length(std::size_t value) { return length(value, 1); }
    Wire& short_length(std::size_t value) { return length(value, 2); }
    Wire& int_length(std::size_t value) { return length(value, 4); }

    Wire& raw(std::string_view text)
    {
        for (const char c : text)
            bytes_.push_back(static_cast<std::byte>(c));
        return *this;
    }
    Wire& raw(std::span<const std::byte> bytes)
    {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    Wire& string(std::string_view text) { return short_length(text.size()).raw(text); }
    Wire& long_string(std::string_view text) { return int_length(text.size()).raw(text); }
    Wire& short_bytes(std::string_view text) { return string(text); }
    Wire& bytes(std::string_view text) { return long_string(text); }
    Wire& null() { return length(0xFFFFFFFF, 4); }
    Wire& inet4(unsigned a, unsigned b, unsigned c, unsigned d, int port)
    {
        return byte_length(4).byte(a).byte(b).byte(c).byte(d).int_(port);
    }
    /// Another piece, its lengths included.
    Wire& add(const Wire& other)
    {
        for (const auto& mark : other.lengths_)
            lengths_.push_back({bytes_.size() + mark.at, mark.width});
        return raw(other.bytes());
    }

    const std::vector<std::byte>& bytes() const { return bytes_; }
    const std::vector<Length>& lengths() const { return lengths_; }
    friend bool operator==(const std::vector<std::byte>& bytes, const Wire& wire) { return bytes == wire.bytes_; }

private:
    Wire& put(std::uint64_t value, std::size_t width)
    {
        for (auto left = width; left != 0; --left)
            bytes_.push_back(static_cast<std::byte>(value >> (8 * (left - 1))));
        return *this;
    }
    Wire& length(std::uint64_t value, std::size_t width)
    {
        lengths_.push_back({bytes_.size(), width});
        return put(value, width);
    }

    std::vector<std::byte> bytes_;
    std::vector<Length> lengths_;
};

inline Wire wire()
{
    return {};
}
