#include "../wire.hpp"
#include "allocation.hpp"
#include "tests/contains.hpp"
#include <doctest/doctest.h>
#include <memory>
#include <protocol/compression.hpp>
#include <string>

using namespace coodie;
using namespace coodie::protocol;

namespace {

constexpr std::size_t cap = 1 << 20;
constexpr auto lz4 = CompressionAlgorithm::lz4;
constexpr auto snappy = CompressionAlgorithm::snappy;

std::vector<std::byte> text_of(std::size_t size)
{
    std::vector<std::byte> text(size);
    for (std::size_t i = 0; i != size; ++i)
        text[i] = static_cast<std::byte>('a' + i % 7);
    return text;
}

std::vector<std::byte> noise_of(std::size_t size)
{
    std::vector<std::byte> noise(size);
    std::uint32_t state = 1;
    for (auto& byte : noise) {
        state = state * 1'664'525 + 1'013'904'223;
        byte = static_cast<std::byte>(state >> 24U);
    }
    return noise;
}

std::string refusal_of(CompressionAlgorithm algorithm, Bytes compressed, std::size_t limit = cap)
{
    // Exactly as long as it says, for sanitizers.
    const std::unique_ptr<std::byte[]> exact{new std::byte[compressed.size()]};
    std::copy(compressed.begin(), compressed.end(), exact.get());
    const auto plain = decompress(algorithm, Bytes{exact.get(), compressed.size()}, limit);
    if (plain)
        return {};
    CHECK(plain.error().code() == errc::protocol);
    return plain.error().message();
}

}

TEST_CASE("what was compressed is decompressed to the same bytes")
{
    for (const auto algorithm : {lz4, snappy})
        for (const auto& body : {text_of(0), text_of(1), text_of(100'000), noise_of(5), noise_of(70'000)}) {
            CAPTURE(name_of(algorithm));
            CAPTURE(body.size());
            const auto compressed = compress(algorithm, body);
            REQUIRE(compressed);
            const auto plain = decompress(algorithm, *compressed, cap);
            REQUIRE(plain);
            CHECK(*plain == body);
        }
}

TEST_CASE("an lz4 body is its length, big-endian, and a raw block")
{
    const auto body = wire().int_(8).byte(0x80).raw(", World!");
    const auto plain = decompress(lz4, body.bytes(), cap);
    REQUIRE(plain);
    CHECK(*plain == wire().raw(", World!"));
    const auto compressed = compress(lz4, text_of(300));
    REQUIRE(compressed);
    CHECK(Bytes{*compressed}.first(4).back() == std::byte{300 & 0xFF});
}

TEST_CASE("lz4 bodies that lie are refused")
{
    struct Example
    {
        const char* name;
        Wire body;
        std::string_view sentence;
    };
    const std::vector<Example> examples{
        {"nothing", wire(), "shorter than the length"},
        {"three bytes", wire().short_(0).byte(2), "shorter than the length"},
        {"4 GiB of five bytes", wire().int_(-1).byte(0), "above the limit"},
        {"more than the cap", wire().int_(cap + 1).byte(0), "above the limit of 1048576"},
        {"more than bytes can hold", wire().int_(cap).byte(0), "cannot hold"},
        {"longer than it claims", wire().int_(7).byte(0x80).raw(", World!"), "not the 7 bytes"},
        {"shorter than it claims", wire().int_(9).byte(0x80).raw(", World!"), "not the 9 bytes"},
        {"nonsense", wire().int_(9).raw("\xFF\xFF\xFF\xFF\xFF"), "corrupt lz4 body"},
        {"a length alone", wire().int_(9), "corrupt lz4 body"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(contains(refusal_of(lz4, example.body.bytes()), example.sentence));
    }
    CHECK(refusal_of(lz4, wire().int_(0).raw("trailing").bytes()).empty());
}

TEST_CASE("snappy bodies that lie are refused")
{
    const auto compressed = compress(snappy, text_of(1'000));
    REQUIRE(compressed);
    CHECK(contains(refusal_of(snappy, *compressed, 999), "above the limit of 999"));
    CHECK(contains(refusal_of(snappy, {}), "no length"));
    CHECK(contains(refusal_of(snappy, wire().raw("\xFF\xFF\xFF\xFF\xFF\xFF").bytes()), "no length"));
    CHECK(contains(refusal_of(snappy, wire().raw("\xFF\xFF\xFF\xFF\x0F").bytes()), "above the limit"));
    CHECK(contains(refusal_of(snappy, wire().raw("\xFF\xFF\x3F").bytes()), "cannot hold"));
    CHECK(contains(refusal_of(snappy, wire().byte(8).byte(0).raw("x").bytes()), "not the 8 bytes"));
}

TEST_CASE("every proper prefix of a compressed body is refused, in bounded memory")
{
    std::size_t prefixes = 0;
    for (const auto algorithm : {lz4, snappy})
        for (const auto& body : {text_of(500), noise_of(200)}) {
            const auto compressed = compress(algorithm, body);
            REQUIRE(compressed);
            for (std::size_t size = 0; size != compressed->size(); ++size, ++prefixes) {
                CAPTURE(name_of(algorithm));
                CAPTURE(size);
                const AllocationPeak memory;
                CHECK(!refusal_of(algorithm, Bytes{*compressed}.first(size)).empty());
                CHECK(memory.peak() <= 256 * size + 1024);
            }
        }
    MESSAGE(prefixes, " prefixes of compressed bodies refused");
}

TEST_CASE("sc-23: a lie in the length of a compressed body is refused")
{
    const auto compressed = compress(lz4, text_of(500));
    REQUIRE(compressed);
    for (const auto length : {-2'147'483'648LL, -8LL, -1LL, 1LL, 499LL, 501LL, 2'147'483'647LL}) {
        CAPTURE(length);
        const auto body = wire().int_(length).raw(Bytes{*compressed}.subspan(4));
        const AllocationPeak memory;
        CHECK(!refusal_of(lz4, body.bytes(), 2'147'483'647).empty());
        CHECK(memory.peak() <= 256 * body.bytes().size() + 1024);
    }
}

TEST_CASE("algorithms have the names that SUPPORTED lists")
{
    CHECK(compression_named("lz4") == lz4);
    CHECK(compression_named("snappy") == snappy);
    CHECK(!compression_named("zstd"));
    CHECK(name_of(snappy) == "snappy");
}
