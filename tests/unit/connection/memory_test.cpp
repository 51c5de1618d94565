#include "frames.hpp"

#include <doctest/doctest.h>
#include <new>

// A peer that asks for more memory than there is.

using namespace coodie;
using namespace coodie::detail;
using protocol::Opcode;

namespace {

std::size_t most = SIZE_MAX; ///< larger requests find no memory
std::size_t taken = 0;       ///< bytes, ever

/// No room for more than a block, as long as it lives.
struct Shortage
{
    Shortage() { most = 2 * ReadBuffer::block_size; }
    ~Shortage() { most = SIZE_MAX; }
    Shortage(const Shortage&) = delete;
    Shortage& operator=(const Shortage&) = delete;
};

}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    taken += size;
    return size > most ? nullptr : ::operator new(size);
}

TEST_CASE("a frame too long for the memory leaves no room to read on")
{
    ConnectionCore core{{}};
    core.authenticated({});
    Exchange exchange;
    ask(core, exchange);
    const auto large = frame(0, Opcode::result, std::string(10 * ReadBuffer::block_size, 'x'));
    CHECK(feed(core, std::span{large}.first(100)).empty());
    {
        const Shortage shortage;
        CHECK(core.input_room().empty());
    }
    const auto heard = feed(core, std::span{large}.subspan(100));
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].body.size() == large.size() - protocol::header_size);
}

TEST_CASE("an answer too long for the memory once it is decompressed fails its request and the connection")
{
    const auto lz4 = protocol::CompressionAlgorithm::lz4;
    ConnectionCore core{{}};
    core.authenticated(lz4);
    Exchange exchange;
    ask(core, exchange);
    const auto packed = protocol::compress(lz4, Bytes(10 * ReadBuffer::block_size));
    REQUIRE(packed);
    const std::string body{reinterpret_cast<const char*>(packed->data()), packed->size()};
    const Shortage shortage;
    const auto heard = feed(core, frame(0, Opcode::result, body, protocol::flag::compression));
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].exchange == &exchange);
    CHECK(heard[0].failure == errc::protocol);
    CHECK(core.error());
}

TEST_CASE("sc-26: an answer of 100 MiB takes its memory once, and who shares it copies nothing")
{
    constexpr std::size_t size = 100 << 20;
    ConnectionCore core{{}};
    core.authenticated({});
    Exchange exchange;
    ask(core, exchange);
    const auto large = frame(0, Opcode::result, std::string(size, 'x'));
    auto rest = std::span{large};
    const auto before = taken;
    Answer answer;
    while (!core.next(answer)) {
        const auto room = core.input_room();
        const auto piece = std::min(room.size(), rest.size());
        REQUIRE(piece != 0);
        std::memcpy(room.data(), rest.data(), piece);
        core.received(piece);
        rest = rest.subspan(piece);
    }
    const auto shared = answer.share();
    CHECK(answer.body.size() == size);
    CHECK(taken - before <= size + 4 * ReadBuffer::block_size);
}
