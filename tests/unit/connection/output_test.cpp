#include "frames.hpp"

#include <array>
#include <doctest/doctest.h>

// Large values that are sent from where they lie.

using namespace coodie;
using namespace coodie::detail;
using protocol::Opcode;

namespace {

struct Lender : Exchange
{
    std::string value;
    int returned = 0;

    explicit Lender(std::string v) : value{std::move(v)}
    {
        written = [](Exchange& self) noexcept { ++static_cast<Lender&>(self).returned; };
    }
};

std::string text_of(protocol::Bytes bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A frame of `head`, the lender's value and `tail`. Gives it as it must go out.
std::string lend(ConnectionCore& core, Lender& lender, std::string_view head, std::string_view tail)
{
    const auto size = head.size() + lender.value.size() + tail.size();
    const auto body = core.begin(lender, Opcode::execute, 0, size, lender.value.size());
    REQUIRE(body.size() == head.size() + tail.size());
    std::ranges::copy(std::as_bytes(std::span{head}), body.begin());
    std::ranges::copy(std::as_bytes(std::span{tail}), body.begin() + static_cast<std::ptrdiff_t>(head.size()));
    core.borrow(lender, std::as_bytes(std::span{lender.value}), tail.size());
    core.finish();
    std::array<std::byte, protocol::header_size> header{};
    protocol::store_header(
        header.data(), {protocol::request_version, 0, lender.stream, Opcode::execute, static_cast<std::int32_t>(size)});
    return text_of(header) + std::string{head} + lender.value + std::string{tail};
}

std::string plain(ConnectionCore& core, Exchange& exchange, std::string_view body)
{
    const auto before = core.output().plain().size();
    ask(core, exchange, body);
    return text_of(core.output().plain().subspan(before));
}

/// What a socket takes that has room for `size` bytes.
std::string take(ConnectionCore& core, std::size_t size)
{
    std::array<protocol::Bytes, 3> pieces;
    std::string sent;
    for (const auto piece : std::span{pieces}.first(core.output().pieces(pieces)))
        sent += text_of(piece.first(std::min(piece.size(), size - sent.size())));
    core.sent(sent.size());
    return sent;
}

}

TEST_CASE("frames with large values go out whole and in order, however little the socket takes at a time")
{
    for (const std::size_t room : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1000}, SIZE_MAX}) {
        CAPTURE(room);
        ConnectionCore core{{}};
        core.authenticated({});
        Exchange first, between, last;
        Lender a{std::string(3'000, 'a')}, b{std::string(2'000, 'b')}, c{"c"};
        auto expected = plain(core, first, "first");
        expected += lend(core, a, "head of a", "tail of a");
        const auto end_of_a = expected.size();
        expected += plain(core, between, "between");
        expected += lend(core, b, "", "");
        expected += lend(core, c, "c has a head only", "");
        std::string sent = take(core, room);
        expected += plain(core, last, std::string(40'000, 'l')); // its memory grows meanwhile
        CHECK(core.output().size() == expected.size() - sent.size());
        while (core.output().size() != 0) {
            CHECK(a.is_lent == (a.returned == 0));
            if (a.returned != 0)
                REQUIRE(sent.size() >= end_of_a - std::string_view{"tail of a"}.size());
            sent += take(core, room);
        }
        CHECK(sent == expected);
        for (const auto* lender : {&a, &b, &c}) {
            CHECK(lender->returned == 1);
            CHECK_FALSE(lender->is_lent);
        }
        CHECK_FALSE(core.output().has_lent());
    }
}

TEST_CASE("who gives up, or is answered too early, lends until everything is sent")
{
    ConnectionCore core{{}};
    core.authenticated({});
    Lender abandoned{std::string(100, 'a')}, answered{std::string(100, 'b')};
    lend(core, abandoned, "", "");
    lend(core, answered, "", "");
    take(core, 50);
    core.abandon(abandoned);
    REQUIRE(feed(core, frame(1, Opcode::error, "")).size() == 1);
    CHECK(abandoned.is_lent);
    CHECK(answered.is_lent);
    take(core, protocol::header_size + 50);
    CHECK(abandoned.returned == 1);
    CHECK(answered.returned == 0);
    take(core, SIZE_MAX);
    CHECK(answered.returned == 1);
}

TEST_CASE("a connection that ends returns what was lent to it")
{
    ConnectionCore core{{}};
    core.authenticated({});
    Lender half_sent{std::string(100, 'a')}, unsent{std::string(100, 'b')};
    lend(core, half_sent, "x", "y");
    lend(core, unsent, "", "");
    take(core, 50);
    core.stop_output();
    for (const auto* lender : {&half_sent, &unsent}) {
        CHECK(lender->returned == 1);
        CHECK_FALSE(lender->is_lent);
    }
    CHECK_FALSE(core.output().has_lent());
}

TEST_CASE("small values are copied, and so is what gets compressed")
{
    ConnectionCore core{{}};
    core.authenticated({});
    CHECK_FALSE(core.may_borrow(0));
    CHECK_FALSE(core.may_borrow(1'000));
    CHECK(core.may_borrow(64'000));
    core.authenticated(protocol::CompressionAlgorithm::lz4);
    CHECK_FALSE(core.may_borrow(64'000));
}

TEST_CASE("memory is given back once a large frame is sent, and kept between small ones")
{
    WriteBuffer buffer;
    const auto fill = [&](std::size_t size) { std::ranges::fill(std::span{buffer.extend(size), size}, std::byte{1}); };
    fill(100);
    buffer.sent(100);
    const auto usual = buffer.capacity();
    CHECK(usual != 0);
    fill(10 * WriteBuffer::most_kept);
    buffer.sent(10 * WriteBuffer::most_kept - 1);
    CHECK(buffer.capacity() >= 10 * WriteBuffer::most_kept);
    buffer.sent(1);
    CHECK(buffer.capacity() <= WriteBuffer::most_kept);
    buffer.wipe();
    fill(100);
    CHECK(buffer.unsent().size() == 100);
    CHECK(buffer.capacity() == usual);
    CHECK(buffer.total_sent() == 100 + 10 * WriteBuffer::most_kept);
}

TEST_CASE("all that the socket took is counted, lent or not")
{
    ConnectionCore core{{}};
    core.authenticated({});
    const auto begun = core.output().all_sent();
    Lender lender{std::string(40'000, 'v')};
    const auto whole = lend(core, lender, "head", "tail").size();
    take(core, 100);
    CHECK(core.output().all_sent() - begun == 100);
    take(core, 30'000);
    CHECK(core.output().all_sent() - begun == 30'100);
    take(core, SIZE_MAX);
    CHECK(core.output().all_sent() - begun == whole);
}
