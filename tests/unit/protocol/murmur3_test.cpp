#include <doctest/doctest.h>
#include <limits>
#include <protocol/murmur3.hpp>
#include <string>

using namespace coodie;
using namespace coodie::protocol;

namespace {

Bytes bytes_of(std::string_view text)
{
    return std::as_bytes(std::span{text});
}

std::int64_t token(std::string_view key)
{
    return static_cast<std::int64_t>(murmur3_token(bytes_of(key)));
}

/// The same hash as Cassandra spells it: one byte at a time.
std::int64_t token_by_bytes(std::string_view key)
{
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    const auto rotl = [](std::uint64_t x, int r) { return x << r | x >> (64 - r); };
    const auto block = [&](std::size_t at) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i != 8; ++i)
            value |= std::uint64_t{static_cast<unsigned char>(key[at + i])} << 8 * i;
        return value;
    };
    constexpr std::uint64_t c1 = 0x87c37b91114253d5U;
    constexpr std::uint64_t c2 = 0x4cf5ad432745937fU;
    std::size_t at = 0;
    for (; at + 16 <= key.size(); at += 16) {
        h1 ^= rotl(block(at) * c1, 31) * c2;
        h1 = (rotl(h1, 27) + h2) * 5 + 0x52dce729;
        h2 ^= rotl(block(at + 8) * c2, 33) * c1;
        h2 = (rotl(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    std::uint64_t k1 = 0;
    std::uint64_t k2 = 0;
    for (auto i = key.size() - at; i-- != 0;) {
        const auto signed_byte = static_cast<std::uint64_t>(std::int64_t{static_cast<signed char>(key[at + i])});
        (i < 8 ? k1 : k2) ^= signed_byte << 8 * (i % 8);
    }
    h2 ^= rotl(k2 * c2, 33) * c1;
    h1 ^= rotl(k1 * c1, 31) * c2;
    h1 ^= key.size();
    h2 ^= key.size();
    h1 += h2;
    h2 += h1;
    return static_cast<std::int64_t>(murmur3_finish(h1) + murmur3_finish(h2));
}

}

TEST_CASE("murmur3 tokens are Cassandra's for every length of the tail")
{
    struct Example
    {
        std::string key;
        std::int64_t token;
    };
    // From gocql's and scylla-rust-driver's tests.
    const Example examples[] = {
        {"", 0},
        {"0", 3083240331115144064},
        {"01", 7250318944307867790},
        {"012", -3573335766539617317},
        {"0123", 1122932861426696788},
        {"01234", 1082240882612060097},
        {"012345", -8592682110383420889},
        {"0123456", 1435416519508424614},
        {"01234567", -9064053233843489459},
        {"012345678", 5484970180828674234},
        {"0123456789012", -8491085681076064857},
        {"01234567890123", 7082868485810964902},
        {"012345678901234", -6579192003445081693},
        {"0123456789012345678", 3243498561614631218},
        {"The quick brown fox jumps over the lazy dog.", -3631792323850337591},
    };
    for (const auto& example : examples) {
        CAPTURE(example.key);
        CHECK(token(example.key) == example.token);
    }
}

TEST_CASE("bytes above 127 in the tail are signed")
{
    CHECK(token("krem\xc3\xb3wki") == 4354931215268080151);
}

TEST_CASE("murmur3 agrees with its definition byte by byte for every length and sign")
{
    std::string key;
    std::uint64_t state = 1;
    for (int length = 0; length != 64; ++length) {
        for (int round = 0; round != 50; ++round) {
            for (auto& byte : key) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                byte = static_cast<char>(state >> 56U);
            }
            // Exactly sized, so that a sanitizer sees a read beyond the end.
            const std::vector<char> exact(key.begin(), key.end());
            CAPTURE(length);
            CHECK(token({exact.data(), exact.size()}) == token_by_bytes(key));
        }
        key += '\0';
    }
}

TEST_CASE("the lowest token becomes the highest")
{
    // Found by computing the hash backwards.
    const std::string_view key = "\x1f\xbb\xff\xe4\x26\x70\xf5\xc3\x9f\x25\xaf\xd0\x07\x7a\x5e\xf6";
    REQUIRE(token_by_bytes(key) == std::numeric_limits<std::int64_t>::min());
    CHECK(token(key) == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("tokens of CDC logs are the key's first eight bytes")
{
    CHECK(cdc_token(bytes_of("primary_key")) == Token{8102654598100187487});
    CHECK(cdc_token(bytes_of("krem\xc3\xb3wki")) == Token{7742362231512463211});
    CHECK(cdc_token(bytes_of("seven b")) == Token{std::numeric_limits<std::int64_t>::min()});
    CHECK(token_of(bytes_of("primary_key"), Partitioner::cdc) == Token{8102654598100187487});
    CHECK(token_of(bytes_of("0"), Partitioner::murmur3) == Token{3083240331115144064});
}
