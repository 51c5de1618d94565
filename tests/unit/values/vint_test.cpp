#include "bytes.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <protocol/vint.hpp>

using namespace coodie::protocol;

namespace {

struct VintExample
{
    std::uint64_t value;
    const char* bytes;
};

constexpr VintExample vint_examples[] = {
    {0, "00"},
    {1, "01"},
    {127, "7f"},
    {128, "8080"},
    {255, "80ff"},
    {256, "8100"},
    {16383, "bfff"},
    {16384, "c04000"},
    {256000, "c3e800"},
    {2097151, "dfffff"},
    {268435455, "efffffff"},
    {268435456, "f010000000"},
    {4294967295, "f0ffffffff"},
    {34359738368, "f80800000000"},
    {4398046511104, "fc040000000000"},
    {72057594037927935, "feffffffffffffff"},
    {72057594037927936, "ff0100000000000000"},
    {18446744073709551615U, "ffffffffffffffffff"},
};

}

TEST_CASE("an unsigned vint is stored in as few bytes as it needs, and read again")
{
    for (const auto& example : vint_examples) {
        CAPTURE(example.value);
        coodie::Blob stored(vint_size(example.value));
        store_vint(stored.data(), example.value);
        CHECK(coodie::to_hex(stored) == example.bytes);
        std::span<const std::byte> in{stored};
        std::uint64_t read = 0;
        CHECK(load_vint(in, read));
        CHECK(read == example.value);
        CHECK(in.empty());
    }
}

TEST_CASE("a vint that ends too early is refused")
{
    for (const auto& example : vint_examples)
        test::for_each_prefix(test::bytes(example.bytes), [](std::span<const std::byte> prefix) {
            std::uint64_t read = 0;
            CHECK_FALSE(load_vint(prefix, read));
        });
}

TEST_CASE("cpp-26: signed numbers travel zig-zag")
{
    struct
    {
        std::int64_t value;
        std::uint64_t zigzag;
    } constexpr pairs[] = {{0, 0},
                           {-1, 1},
                           {1, 2},
                           {-2, 3},
                           {std::numeric_limits<std::int64_t>::max(), ~1ULL},
                           {std::numeric_limits<std::int64_t>::min(), ~0ULL}};
    for (const auto& pair : pairs) {
        CHECK(zigzag(pair.value) == pair.zigzag);
        CHECK(unzigzag(pair.zigzag) == pair.value);
    }
}
