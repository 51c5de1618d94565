#include "memory_wire.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;
using Needs = TlsEngine::Needs;

namespace {

/// Readable text that is different everywhere.
std::string text_of_size(std::size_t size)
{
    std::string text;
    for (std::size_t n = 0; text.size() < size; ++n)
        text += std::to_string(n) + ' ';
    return text.substr(0, size);
}

}

TEST_CASE("bytes go both ways over TLS 1.2 and 1.3, however the wire cuts them")
{
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION})
        for (const std::size_t piece : {1U, 2U, 3U, 5U, 7U, 64U, 1'000U, 100'000U}) {
            CAPTURE(version);
            CAPTURE(piece);
            auto options = server();
            options.minimum_version = options.maximum_version = version;
            Both both{client(), options};
            both.wire.receive_piece = both.wire.send_piece = piece;
            REQUIRE(both.shake_hands().outcome == Transfer::done);
            const auto question = text_of_size(20'000), answer = text_of_size(40'000);
            CHECK(both.send(question).outcome == Transfer::done);
            CHECK(both.arrived == question);
            both.peer.write(answer);
            CHECK(both.receive().outcome == Transfer::would_block);
            CHECK(both.received == answer);
            CHECK(both.wire.sent.find(question.substr(0, 30)) == std::string::npos);
        }
}

TEST_CASE("a server without a word of TLS is named, and sees nothing but the hello")
{
    for (const std::string_view answer :
         {"\x84\0\0\0\0\0\0\0\0", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH"})
    {
        Both both{client(), server()};
        both.wire.arriving = answer.data();
        both.wire.arriving.resize(32);
        CHECK(both.engine.handshake().outcome == Transfer::failed);
        CHECK(both.engine.error().code() == errc::tls);
        CHECK(both.engine.error().message().find("does not speak TLS on this port") != std::string::npos);
        CHECK(both.wire.sent[0] == '\x16');
        CHECK(both.engine.handshake().outcome == Transfer::failed);
    }
}

TEST_CASE("decrypted bytes that found no room are never waited for")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    CHECK(both.engine.read_needs() == Needs::nothing);
    const auto answer = text_of_size(16'000);
    both.peer.write(answer);
    std::string room(1'000, '\0'), received;
    Transferred came;
    while ((came = both.engine.receive(std::as_writable_bytes(std::span{room}))).outcome == Transfer::done) {
        received.append(room.data(), came.size);
        CHECK((came.size == room.size()) == (both.engine.read_needs() == Needs::nothing));
    }
    CHECK(came.outcome == Transfer::would_block);
    CHECK(both.engine.read_needs() == Needs::readable);
    CHECK(received == answer);
}

TEST_CASE("small answers cost one read of the wire each")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    both.receive();
    both.peer.write("an answer");
    both.wire.receives = 0;
    std::string room(1'000, '\0');
    CHECK(both.engine.receive(std::as_writable_bytes(std::span{room})).size == 9);
    CHECK(both.wire.receives == 1);
}

TEST_CASE("what the wire did not take goes out later, once, with what was added behind it")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    const auto question = text_of_size(100'000);
    for (const std::size_t room : {0U, 1U, 5U, 1'000U, 16'000U}) {
        CAPTURE(room);
        both.arrived.clear();
        std::string_view left = std::string_view{question}.substr(0, 50'000);
        const auto size = left.size();
        both.wire.send_room = room;
        std::size_t sent = 0;
        Transferred came;
        while ((came = both.engine.send(std::as_bytes(std::span{left.substr(sent)}))).outcome == Transfer::done)
            sent += came.size;
        CHECK(came.outcome == Transfer::would_block);
        CHECK(both.engine.write_needs() == Needs::writable);
        both.wire.send_room = SIZE_MAX;
        const std::string moved{question.substr(sent, size - sent + 10'000)};
        CHECK(both.send(moved).outcome == Transfer::done);
        CHECK(both.arrived == question.substr(0, size + 10'000));
    }
}

TEST_CASE("pieces share records, and come in their order, also when the wire stops within one")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    const auto text = text_of_size(60'000);
    const auto bytes = std::as_bytes(std::span{text});
    const std::array sizes{9U, 10'000U, 5U, 30'000U, 9'986U, 10'000U};
    std::vector<std::span<const std::byte>> pieces;
    for (std::size_t at = 0; const std::size_t size : sizes) {
        pieces.push_back(bytes.subspan(at, size));
        at += size;
    }
    both.wire.send_room = 20'000;
    int sends = 0;
    while (!pieces.empty()) {
        auto came = both.engine.send(pieces);
        if (came.outcome == Transfer::would_block)
            both.wire.send_room = SIZE_MAX;
        else
            ++sends;
        for (; came.size != 0 && came.size >= pieces.front().size(); pieces.erase(pieces.begin()))
            came.size -= pieces.front().size();
        if (came.size != 0)
            pieces.front() = pieces.front().subspan(came.size);
    }
    both.arrived += both.peer.read();
    CHECK(both.arrived == text);
    CHECK(sends == 4);
}

TEST_CASE("a peer that renews its keys is answered, also when the wire takes nothing just then")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    both.receive();
    both.peer.update_keys();
    both.peer.write("new keys");
    both.wire.send_room = 0;
    CHECK(both.receive().outcome == Transfer::would_block);
    both.wire.send_room = SIZE_MAX;
    both.receive();
    CHECK(both.received == "new keys");
    CHECK(both.send("still here").outcome == Transfer::done);
    CHECK(both.arrived == "still here");
}

TEST_CASE("the ends of a connection are told apart: dismissed, cut off, broken")
{
    Both dismissed{client(), server()};
    REQUIRE(dismissed.shake_hands().outcome == Transfer::done);
    dismissed.peer.write("goodbye");
    dismissed.peer.say_goodbye();
    dismissed.wire.is_closed = true;
    CHECK(dismissed.receive().outcome == Transfer::closed);
    CHECK(dismissed.received == "goodbye");
    CHECK_FALSE(dismissed.engine.error());

    Both cut{client(), server()};
    REQUIRE(cut.shake_hands().outcome == Transfer::done);
    cut.wire.is_closed = true;
    CHECK(cut.receive().outcome == Transfer::closed);
    CHECK(cut.engine.error().code() == errc::connection_lost);
    CHECK(cut.engine.error().message().find("close_notify") != std::string::npos);

    Both broken{client(), server()};
    REQUIRE(broken.shake_hands().outcome == Transfer::done);
    broken.wire.receive_failure = std::make_error_code(std::errc::connection_reset);
    const auto came = broken.receive();
    CHECK(came.outcome == Transfer::failed);
    CHECK(came.error == std::errc::connection_reset);
    CHECK_FALSE(broken.engine.error());

    Both early{client(), server()};
    early.wire.is_closed = true;
    early.engine.handshake();
    early.peer.read();
    early.peer.take_records();
    CHECK(early.engine.handshake().outcome == Transfer::closed);
    CHECK(early.engine.error().code() == errc::connection_lost);
    CHECK(early.engine.error().message().find("during the TLS handshake") != std::string::npos);
}

TEST_CASE("close says goodbye, once, and only to a peer that is there")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    both.engine.close();
    both.engine.close();
    both.peer.read();
    CHECK(both.peer.was_dismissed());
    CHECK(both.engine.send(std::as_bytes(std::span{"x", 1})).outcome == Transfer::closed);
    Both unsecured{client(), server()};
    unsecured.engine.close();
    CHECK(unsecured.wire.sent.empty());
    Both blocked{client(), server()};
    REQUIRE(blocked.shake_hands().outcome == Transfer::done);
    blocked.wire.send_room = 0;
    blocked.engine.close();
}

TEST_CASE("records that were changed on their way end the connection")
{
    Both both{client(), server()};
    REQUIRE(both.shake_hands().outcome == Transfer::done);
    both.peer.write("answer");
    both.wire.arriving = both.peer.take_records();
    both.wire.arriving.back() = static_cast<char>(both.wire.arriving.back() ^ 1);
    CHECK(both.receive().outcome == Transfer::failed);
    CHECK(both.received.empty());
    CHECK(both.engine.error().code() == errc::tls);
    CHECK(both.receive().outcome == Transfer::failed);
}
