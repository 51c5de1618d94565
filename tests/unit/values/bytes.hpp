#pragma once

#include <coodie/blob.hpp>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace test {

/// Bytes written as hex, spaces between them at will.
inline coodie::Blob bytes(std::string_view text)
{
    std::string digits;
    for (const auto sign : text)
        if (sign != ' ')
            digits += sign;
    auto parsed = coodie::parse_hex(digits);
    if (!parsed)
        throw std::invalid_argument{"a test's bytes are no hex"};
    return *parsed;
}

/// A copy in a buffer of exactly its size, so that a sanitizer sees every read beyond its end.
class Exactly
{
public:
    explicit Exactly(std::span<const std::byte> from) : size_{from.size()}, bytes_{new std::byte[from.size()]}
    {
        if (size_ != 0)
            std::memcpy(bytes_.get(), from.data(), size_);
    }
    operator std::span<const std::byte>() const { return {bytes_.get(), size_}; }

private:
    std::size_t size_;
    std::unique_ptr<std::byte[]> bytes_;
};

/// Calls `check` with every proper prefix.
template <class Check> void for_each_prefix(std::span<const std::byte> whole, Check check)
{
    for (std::size_t size = 0; size < whole.size(); ++size)
        check(Exactly{whole.first(size)});
}

}
