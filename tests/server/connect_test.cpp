#include "session.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

/// An ERROR frame of another version of the protocol.
std::string foreign_error(char version, std::string_view message)
{
    std::string body{"\0\0\0\x0A"s};
    body += '\0';
    body += static_cast<char>(message.size());
    body += message;
    std::string frame{version, '\0', '\0', '\0', '\0', '\0', '\0', '\0', static_cast<char>(body.size())};
    return frame + body;
}

Error connect_error(const ScriptedServer& server)
{
    auto options = options_for(server);
    options.connect_timeout = std::chrono::milliseconds{300};
    return error_of([&] { Session::connect(options); });
}

}

TEST_CASE("cpp-10, sc-03: every peer that is no server of ours is named for what it is")
{
    struct Example
    {
        const char* name;
        ScriptedServer::Reply reply;
        errc code;
        const char* sentence;
    };
    const Example examples[]{
        {"TLS alert and the end", raw("\x15\x03\x01\x00\x02\x02\x46"s), errc::tls, "set tls"},
        {"HTTP", raw("HTTP/1.1 400 Bad Request\r\n\r\n"), errc::protocol, "HTTP"},
        {"TLS alert", raw("\x15\x03\x01\x00\x02\x02\x46\x00\x00"s), errc::tls, "the server speaks TLS"},
        {"zeros", raw(std::string(64, '\0')), errc::protocol, "zeros"},
        {"v3 only", raw(foreign_error('\x83', "Beta v3")), errc::protocol, "Beta v3"},
        {"v5 only", raw(foreign_error('\x85', "only 5")), errc::protocol, "only 5"},
        {"negative length", raw("\x84\x00\x00\x00\x06\xff\xff\xff\xff"s), errc::protocol, "negative length"},
        {"length beyond all limits", raw("\x84\x00\x00\x00\x06\x7f\xff\xff\xff"s), errc::protocol, "above the limit"},
        {"a request for an answer", raw("\x04\x00\x00\x00\x05\x00\x00\x00\x00"s), errc::protocol, "request"},
        {"truncated SUPPORTED", body(Opcode::supported, "\x00\x05\x00"s), errc::protocol, ""},
        {"silence", silence(), errc::no_host_available, "300 ms"},
        {"the end", hang_up(), errc::no_host_available, "closed the connection"},
        {"truncated frame and the end", raw("\x84\x00\x00\x00\x06\x00\x00\x00\x09\x00"s), errc::no_host_available, ""},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        auto replies = std::vector{example.reply};
        if (std::string{example.name}.ends_with(" and the end"))
            replies.push_back(hang_up());
        const ScriptedServer server{{{Opcode::options, "", replies}}};
        const auto error = connect_error(server);
        REQUIRE(error);
        CAPTURE(error.message());
        CHECK(error.code() == example.code);
        CHECK(error.message().find(example.sentence) != std::string::npos);
        CHECK(error.message().find(server.host()) != std::string::npos);
        REQUIRE(error.attempts().size() == 1);
        CHECK(error.attempts()[0].host == server.host());
    }
}

TEST_CASE("cpp-06: a closed port and an unknown name are reported for their host, and the next host is tried")
{
    std::string closed_port;
    {
        const ScriptedServer gone;
        closed_port = gone.host();
    }
    auto error = error_of([&] { Session::connect({.hosts = {closed_port}, .metadata = false}); });
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message().find(closed_port) != std::string::npos);
    error = error_of([] { Session::connect({.hosts = {"no-such-host.invalid"}, .metadata = false}); });
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message().find("no-such-host.invalid") != std::string::npos);

    const ScriptedServer server;
    auto session = Session::connect({.hosts = {closed_port, server.host()}, .metadata = false});
    session.execute("SELECT 1");
    CHECK(server.count(Opcode::query, "SELECT 1") == 1);
}

TEST_CASE("options that cannot be right are refused before anything is connected")
{
    CHECK(code_of([] { Session::connect({.hosts = {}}); }) == errc::configuration);
    CHECK(code_of([] { Session::connect({.hosts = {"a:b:c:99999"}, .port = 1, .max_in_flight = 0}); }) ==
          errc::configuration);
    CHECK(code_of([] { Session::connect({.hosts = {"host:70000"}}); }) == errc::configuration);
    CHECK(code_of([] { Session::connect({.request_timeout = std::chrono::milliseconds{0}}); }) == errc::configuration);
}

TEST_CASE("cpp-04: credentials are sent when they are asked for, and their refusal is its own error")
{
    const auto asks = reply(protocol::Authenticate{"PasswordAuthenticator"});
    ScriptedServer server{{{Opcode::startup, "", {asks}},
                           {Opcode::auth_response, "\0ann\0right"s, {reply(protocol::AuthSuccess{})}},
                           {Opcode::auth_response, "", {error_reply(0x0100, "Bad credentials")}}}};
    auto options = options_for(server);
    auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::authentication);
    CHECK(error.message().find("PasswordAuthenticator") != std::string::npos);
    options.username = "ann";
    options.password = "wrong";
    error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::bad_credentials);
    CHECK(error.message().find("wrong") == std::string::npos);
    options.password = "right";
    Session::connect(options).execute("SELECT 1");
    options.password = "ri\0ght"s;
    CHECK(code_of([&] { Session::connect(options); }) == errc::configuration);
}

TEST_CASE("sc-05: a server that asks and asks for credentials is given up")
{
    const ScriptedServer server{{{Opcode::startup, "", {reply(protocol::Authenticate{"Asking"})}},
                                 {Opcode::auth_response, "", {reply(protocol::AuthChallenge{})}}}};
    auto options = options_for(server);
    options.username = "ann";
    CHECK(code_of([&] { Session::connect(options); }) == errc::authentication);
    CHECK(server.count(Opcode::auth_response) < 20);
}

TEST_CASE("cpp-03: a keyspace that is not there is the server's own error")
{
    const ScriptedServer server{
        {{Opcode::query, "USE \"no\"\"where\"", {error_reply(0x2200, "Keyspace 'nowhere' does not exist")}}}};
    auto options = options_for(server);
    options.keyspace = "no\"where";
    const auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::invalid_request);
    CHECK(error.message().find("does not exist") != std::string::npos);
}

TEST_CASE("cpp-02: the driver says who it is")
{
    const ScriptedServer server;
    auto options = options_for(server);
    options.application_name = "unit of tests";
    Session::connect(options);
    CHECK(server.count(Opcode::startup, "DRIVER_NAME") == 1);
    CHECK(server.count(Opcode::startup, "unit of tests") == 1);
    CHECK(server.count(Opcode::startup, "COMPRESSION") == 0);
}
