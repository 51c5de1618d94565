#include "session.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

// Servers that say nothing, or as good as nothing.

using namespace coodie;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

SessionOptions watchful(const ScriptedServer& server)
{
    auto options = options_for(server);
    options.heartbeat_interval = std::chrono::milliseconds{40};
    options.heartbeat_timeout = std::chrono::milliseconds{40};
    return options;
}

}

TEST_CASE("sc-21: a connection whose every stream was given up is replaced, whatever the limit")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto options = options_for(server);
    options.max_in_flight = 2;
    auto session = Session::connect(options);
    Statement slow{"slow"};
    slow.options().timeout = std::chrono::milliseconds{30};
    for (int n = 0; n < 2; ++n)
        CHECK(code_of([&] { session.execute(slow); }) == errc::request_timeout);
    CHECK(code_of([&] { session.execute("good"); }) == errc{});
    CHECK(server.connections() == 2);
}

TEST_CASE("a heartbeat finds a stream although requests have them all")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto options = watchful(server);
    options.max_in_flight = 1;
    auto session = Session::connect(options);
    server.add({Opcode::options, "", {silence()}, 1});
    CHECK(code_of([&] { session.execute("slow"); }) == errc::connection_lost);
    session.execute("good");
    CHECK(server.connections() == 2);
}

TEST_CASE("a server that sends single bytes of a frame for ever counts as silent")
{
    const ScriptedServer::Reply drip{ScriptedServer::Reply::Kind::drip,
                                     raw("\x84\0\0\0\x08\0\0\x40\0"s + std::string(5'000, 'x')).bytes};
    ScriptedServer server{{{Opcode::query, "slow", {drip}, 1}}};
    auto session = Session::connect(watchful(server));
    CHECK(code_of([&] { session.execute("slow"); }) == errc::connection_lost);
    session.execute("good");
    CHECK(server.connections() == 2);
}

TEST_CASE("what the server says to no request in particular is why the connection ends")
{
    const ScriptedServer::Reply refusal{
        ScriptedServer::Reply::Kind::raw,
        protocol::frame_of(protocol::ErrorResponse{0x1001, "too many clients", {}}, -1)};
    ScriptedServer server{{{Opcode::query, "slow", {refusal}, 1}}};
    auto session = Session::connect(options_for(server));
    const auto error = error_of([&] { session.execute("slow"); });
    CHECK(error.code() == errc::protocol);
    CHECK(error.message().find("too many clients") != std::string::npos);
    session.execute("good");
    CHECK(server.connections() == 2);
}

TEST_CASE("the longest wait there is does not end at once")
{
    constexpr auto for_ever = std::chrono::milliseconds::max();
    const ScriptedServer server;
    auto options = options_for(server);
    options.connect_timeout = options.request_timeout = for_ever;
    options.heartbeat_interval = options.heartbeat_timeout = for_ever;
    auto session = Session::connect(options);
    CHECK(code_of([&] { session.execute("good"); }) == errc{});
    CHECK(code_of([&] { session.prepare("SELECT"); }) == errc{});
    Statement patient{"good"};
    patient.options().timeout = for_ever;
    CHECK(code_of([&] { session.execute(patient); }) == errc{});
    CHECK(server.connections() == 1);
}

TEST_CASE("a request that no connection is there for says why there is none")
{
    std::optional<ScriptedServer> server{std::in_place};
    auto options = options_for(*server);
    options.request_timeout = std::chrono::milliseconds{200};
    auto session = Session::connect(options);
    server.reset();
    auto error = error_of([&] { session.execute("good"); });
    if (error.code() == errc::connection_lost) // the loss was not known yet
        error = error_of([&] { session.execute("good"); });
    CAPTURE(error.message());
    CHECK(error.code() == errc::request_timeout);
    CHECK(error.message().find("no connection to send it on: " + options.hosts.front()) != std::string::npos);
    CHECK(error.message().find("refused") != std::string::npos);
}
