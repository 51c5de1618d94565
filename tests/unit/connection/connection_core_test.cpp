#include "frames.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

ConnectionCore& ready(ConnectionCore& core)
{
    core.authenticated({});
    return core;
}

}

TEST_CASE("a request is framed with the lowest free stream id")
{
    ConnectionCore core{{}};
    Exchange first, second;
    ask(core, first, "ab");
    ask(core, second);
    const auto output = core.output().plain();
    const std::string sent{reinterpret_cast<const char*>(output.data()), output.size()};
    CHECK(sent == "\x04\x00\x00\x00\x07\x00\x00\x00\x02"s + "ab" + "\x04\x00\x00\x01\x07\x00\x00\x00\x00"s);
    core.sent(5);
    CHECK(core.output().size() == sent.size() - 5);
}

TEST_CASE("a request counts as sent from the first byte of its frame on")
{
    ConnectionCore core{{}};
    ready(core);
    Exchange first, second;
    ask(core, first, "ab");
    ask(core, second);
    CHECK_FALSE(core.has_sent(first));
    core.sent(1);
    CHECK(core.has_sent(first));
    core.sent(10);
    CHECK_FALSE(core.has_sent(second));
    core.sent(1);
    CHECK(core.has_sent(second));
    CHECK(core.in_flight() == 2);
}

TEST_CASE("sc-11: answers find their requests, however the stream is split and whatever their order")
{
    Bytes stream = frame(2, Opcode::result, "two");
    append(stream, frame(-1, Opcode::event, "an event"));
    append(stream, frame(0, Opcode::result, ""));
    append(stream, frame(1, Opcode::error, std::string(300, 'e')));
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        ConnectionCore core{{}};
        ready(core);
        Exchange exchanges[3];
        for (auto& exchange : exchanges)
            ask(core, exchange);
        const auto heard = feed(core, stream, piece);
        REQUIRE(heard.size() == 3);
        CHECK(heard[0].exchange == &exchanges[2]);
        CHECK(heard[0].body == "two");
        CHECK(heard[1].exchange == &exchanges[0]);
        CHECK(heard[2].exchange == &exchanges[1]);
        CHECK(heard[2].body == std::string(300, 'e'));
        CHECK(core.take_pending() == nullptr);
        CHECK_FALSE(core.error());
    }
}

TEST_CASE("sc-11: a split at every place of two frames gives the same answers")
{
    Bytes stream = frame(0, Opcode::result, "first");
    append(stream, frame(1, Opcode::result, "second"));
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        ConnectionCore core{{}};
        ready(core);
        Exchange a, b;
        ask(core, a);
        ask(core, b);
        auto heard = feed(core, std::span{stream}.first(cut));
        const auto rest = feed(core, std::span{stream}.subspan(cut));
        heard.insert(heard.end(), rest.begin(), rest.end());
        REQUIRE(heard.size() == 2);
        CHECK(heard[0].body == "first");
        CHECK(heard[1].body == "second");
    }
}

TEST_CASE("a frame longer than the buffer arrives whole in memory of its own")
{
    const std::string large(3 * ReadBuffer::block_size + 17, 'L');
    Bytes stream = frame(0, Opcode::result, "small");
    append(stream, frame(1, Opcode::result, large));
    append(stream, frame(2, Opcode::result, "after"));
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{40'000}, SIZE_MAX}) {
        ConnectionCore core{{}};
        ready(core);
        Exchange exchanges[3];
        for (auto& exchange : exchanges)
            ask(core, exchange);
        const auto heard = feed(core, stream, piece);
        REQUIRE(heard.size() == 3);
        CHECK(heard[1].body == large);
        CHECK(heard[2].body == "after");
    }
}

TEST_CASE("shared bytes stay as they are while others are read, and after the connection")
{
    SharedBytes kept;
    protocol::Bytes view;
    {
        ConnectionCore core{{}};
        ready(core);
        for (int n = 0; n < 5000; ++n) {
            Exchange exchange;
            ask(core, exchange);
            core.sent(core.output().size());
            const auto bytes = frame(0, Opcode::result, "number " + std::to_string(n) + std::string(90, '.'));
            std::memcpy(core.input_room().data(), bytes.data(), bytes.size());
            core.received(bytes.size());
            Answer answer;
            REQUIRE(core.next(answer) == &exchange);
            if (n == 1234) {
                kept = answer.share();
                view = answer.body;
            }
            REQUIRE(core.next(answer) == nullptr);
        }
    }
    CHECK(std::string{reinterpret_cast<const char*>(view.data()), 11} == "number 1234");
}

TEST_CASE("cpp-21: a stream is used again only after its answer")
{
    ConnectionCore core{{.max_streams = 2}};
    ready(core);
    Exchange a, b, c;
    ask(core, a);
    ask(core, b);
    CHECK_FALSE(core.has_free_stream());
    core.abandon(a);
    CHECK_FALSE(core.has_free_stream());
    CHECK(core.orphans() == 1);
    CHECK(feed(core, frame(0, Opcode::result, "late")).empty());
    CHECK_FALSE(core.error());
    CHECK(core.orphans() == 0);
    REQUIRE(core.has_free_stream());
    ask(core, c);
    CHECK(c.stream == 0);
    CHECK(core.take_pending() == &c);
    CHECK(core.take_pending() == &b);
    CHECK(core.take_pending() == nullptr);
}

TEST_CASE("sc-12: what makes a connection unusable is said, and nothing is read afterwards")
{
    struct Example
    {
        const char* name;
        std::string bytes;
    };
    const Example examples[]{
        {"a stream nobody asked on", "\x84\x00\x00\x05\x08\x00\x00\x00\x00"s},
        {"a second answer", "\x84\x00\x00\x00\x08\x00\x00\x00\x00\x84\x00\x00\x00\x08\x00\x00\x00\x00"s},
        {"a negative length", "\x84\x00\x00\x00\x08\xff\xff\xff\xff"s},
        {"a length above the limit", "\x84\x00\x00\x00\x08\x7f\xff\xff\xff"s},
        {"another version", "\x85\x00\x00\x00\x08\x00\x00\x00\x00"s},
        {"a request's version", "\x04\x00\x00\x00\x08\x00\x00\x00\x00"s},
        {"an opcode of requests", "\x84\x00\x00\x00\x07\x00\x00\x00\x00"s},
        {"compression that was not agreed", "\x84\x01\x00\x00\x08\x00\x00\x00\x00"s},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        ConnectionCore core{{}};
        ready(core);
        Exchange exchange;
        ask(core, exchange);
        const auto* first = reinterpret_cast<const std::byte*>(example.bytes.data());
        feed(core, {first, example.bytes.size()}, 1);
        REQUIRE(core.error());
        CHECK(core.error().code() == errc::protocol);
        CHECK_FALSE(core.error().message().empty());
        Answer answer;
        CHECK(core.next(answer) == nullptr);
    }
}

TEST_CASE("events go to whom they were promised, and requests keep their streams")
{
    ConnectionCore core{{}};
    ready(core);
    Exchange events, exchange;
    core.on_event(&events);
    ask(core, exchange);
    Bytes stream = frame(-1, Opcode::event, "one");
    append(stream, frame(0, Opcode::event, "on a stream in use"));
    append(stream, frame(0, Opcode::result, "answer"));
    append(stream, frame(-1, Opcode::event, "two"));
    const auto heard = feed(core, stream);
    REQUIRE(heard.size() == 4);
    CHECK(heard[0].exchange == &events);
    CHECK(heard[1].exchange == &events);
    CHECK(heard[2].exchange == &exchange);
    CHECK(heard[3].body == "two");
    CHECK(core.take_pending() == nullptr);
}

TEST_CASE("events and answers on negative streams are for nobody")
{
    ConnectionCore core{{}};
    ready(core);
    Exchange exchange;
    ask(core, exchange);
    CHECK(feed(core, frame(-1, Opcode::event, "x")).empty());
    CHECK(feed(core, frame(0, Opcode::event, "on stream 0")).empty());
    CHECK(feed(core, frame(-1, Opcode::result, "x")).empty());
    CHECK(feed(core, frame(-7, Opcode::result, "x")).empty());
    CHECK(feed(core, frame(0, Opcode::event, "on stream 0 again")).empty());
    CHECK_FALSE(core.error());
    CHECK(feed(core, frame(0, Opcode::result, "mine")).size() == 1);
}

TEST_CASE("an ERROR that answers nothing ends the connection with the server's sentence")
{
    const auto bytes = protocol::frame_of(protocol::ErrorResponse{0x000A, "too many connections", {}}, -1);
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        ConnectionCore core{{}};
        Exchange exchange;
        ask(core, exchange);
        CHECK(feed(core, bytes, piece).empty());
        CHECK(core.error().code() == errc::protocol);
        CHECK(core.error().message().find("too many connections") != std::string::npos);
        CHECK(core.take_pending() == &exchange);
    }
}

TEST_CASE("while what waits is lost, the rest can still be abandoned and nothing new begins")
{
    ConnectionCore core{{}};
    ready(core);
    Exchange a, b, c;
    for (auto* exchange : {&a, &b, &c})
        ask(core, *exchange);
    core.end();
    CHECK(core.take_pending() == &a);
    CHECK(a.stream == -1);
    CHECK(b.stream == 1);
    CHECK_FALSE(core.has_free_stream());
    core.abandon(b);
    CHECK(core.take_pending() == &c);
    CHECK(core.take_pending() == nullptr);
}

TEST_CASE("cpp-21, sc-19: when every stream is taken a heartbeat still has one")
{
    ConnectionCore core{{}};
    ready(core);
    std::vector<Exchange> exchanges(32'768);
    std::size_t begun = 0;
    for (; core.has_free_stream(); ++begun)
        ask(core, exchanges[begun]);
    CHECK(begun == 32'767);
    ask(core, exchanges.back());
    CHECK(exchanges.back().stream == 32'767);
    CHECK(feed(core, frame(32'767, Opcode::supported, "")).size() == 1);
    CHECK_FALSE(core.has_free_stream());
}

TEST_CASE("before it knows us a peer may send little")
{
    ConnectionCore core{{}};
    Exchange exchange;
    ask(core, exchange);
    feed(core, frame(0, Opcode::supported, std::string(protocol::max_body_before_authentication + 1, 'x')));
    CHECK(core.error().code() == errc::protocol);
}

TEST_CASE("what compresses well is sent compressed once that was agreed, and read back")
{
    for (const auto algorithm : {protocol::CompressionAlgorithm::lz4, protocol::CompressionAlgorithm::snappy}) {
        ConnectionCore core{{}};
        core.authenticated(algorithm);
        Exchange small, large;
        ask(core, small, "tiny");
        const auto before = core.output().size();
        CHECK(before == protocol::header_size + 4);
        const std::string text(20'000, 'z');
        ask(core, large, text);
        const auto sent = core.output().plain().subspan(before);
        REQUIRE(sent.size() < 2000);
        const auto header = protocol::parse_header(sent.first<protocol::header_size>());
        CHECK(header.flags == protocol::flag::compression);
        CHECK(static_cast<std::size_t>(header.length) == sent.size() - protocol::header_size);
        const auto body = sent.subspan(protocol::header_size);
        const std::string packed{reinterpret_cast<const char*>(body.data()), body.size()};
        const auto heard = feed(core, frame(1, Opcode::result, packed, protocol::flag::compression));
        REQUIRE(heard.size() == 1);
        CHECK(heard[0].body == text);
        const auto broken = feed(core, frame(0, Opcode::result, packed.substr(0, 9), protocol::flag::compression));
        REQUIRE(broken.size() == 1);
        CHECK(broken[0].failure == errc::protocol);
        CHECK(core.error());
    }
}
