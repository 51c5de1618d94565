#pragma once

#include "../unit/protocol/allocation.hpp"
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <protocol/body_prefix.hpp>
#include <variant>

// What fuzz targets share: a promise that ends the program when it is broken, and a bound on memory.

inline void expect(bool kept, const char* promise)
{
    if (kept)
        return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

/// Ends the program when more memory was alive at once than the input allows.
class BoundedMemory
{
public:
    explicit BoundedMemory(std::size_t input, std::size_t beside = 0) noexcept : input_{input}, beside_{beside} {}
    BoundedMemory(const BoundedMemory&) = delete;
    ~BoundedMemory()
    {
        expect(peak_.peak() <= most_per_byte * input_ + at_least + beside_, "memory in proportion to the input");
    }

private:
    static constexpr std::size_t most_per_byte = 256;
    static constexpr std::size_t at_least = 4096;

    std::size_t input_;
    std::size_t beside_;
    AllocationPeak peak_;
};

/// Prefix and message as a body. The promise is that sizes are told truly.
template <class Messages>
std::vector<std::byte> encoded(const coodie::protocol::BodyPrefix& prefix, const Messages& messages)
{
    return std::visit(
        [&](const auto& message) {
            std::vector<std::byte> body(prefix.encoded_size() + message.encoded_size());
            coodie::protocol::Writer out{body};
            prefix.encode(out);
            message.encode(out);
            expect(out.remaining() == 0, "encoded_size() is what encode() writes");
            return body;
        },
        messages);
}
