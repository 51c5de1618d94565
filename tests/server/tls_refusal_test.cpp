#include "tls_session.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

struct Refusal
{
    errc code;
    const char* sentence;
};

/// Connecting ends with this error, and the server behind never hears of it.
void check_refused(const SessionOptions& options, const ScriptedServer& server, const Refusal& expected)
{
    const auto error = error_of([&] { Session::connect(options); });
    REQUIRE(error);
    CAPTURE(error.message());
    CHECK(error.code() == expected.code);
    CHECK(says(error, expected.sentence));
    CHECK(says(error, options.hosts.front()));
    CHECK(server.count(Opcode::options) == 0);
    CHECK(server.count(Opcode::startup) == 0);
}

}

TEST_CASE("sc-07, cpp-13: TLS asked of a server without TLS is its own error, and not a byte goes out in the clear")
{
    struct Example
    {
        const char* name;
        TlsFront::Options front;
        Refusal expected;
    };
    const auto refused = "\x84\0\0\0\0\0\0\0\x04\0\0\0\x0A"s;
    const Example examples[]{
        {"an ERROR frame",
         {.server = {authority().issue()}, .says_instead = refused},
         {errc::tls, "does not speak TLS"}},
        {"another version's",
         {.server = {authority().issue()}, .says_instead = "\x85\0\0\0\0"s},
         {errc::tls, "does not speak TLS"}},
        {"HTTP",
         {.server = {authority().issue()}, .says_instead = "HTTP/1.1 400 Bad\r\n\r\n"},
         {errc::tls, "does not speak TLS"}},
        {"the end",
         {.server = {authority().issue()}, .hangs_up = true},
         {errc::no_host_available, "during the TLS handshake"}},
        {"silence",
         {.server = {authority().issue()}, .is_silent = true},
         {errc::no_host_available, "TLS handshake within 300 ms"}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const ScriptedServer server;
        const TlsFront front{server.host(), example.front};
        auto options = options_for(front);
        options.connect_timeout = std::chrono::milliseconds{300};
        options.username = "canary user";
        options.password = "canary password";
        check_refused(options, server, example.expected);
        CHECK(front.raw().substr(0, 2) == "\x16\x03");
        CHECK(front.raw().find("canary") == std::string::npos);
        CHECK(front.raw().find("CQL_VERSION") == std::string::npos);
    }
}

TEST_CASE("sc-07, cpp-13: a session without TLS at a server's TLS port is told so")
{
    const ScriptedServer server;
    const TlsFront front{server.host(), signed_by_us()};
    auto options = options_for(front);
    options.tls = {};
    // OpenSSL's server closes without an alert; one that sends an alert is in connect_test.cpp.
    check_refused(options, server, {errc::no_host_available, "if the server wants TLS on this port, set tls"});
}

TEST_CASE("cpp-14, sc-58: a server of an unknown authority is refused")
{
    const ScriptedServer server;
    const tls::Authority stranger{"a stranger"};
    const TlsFront front{server.host(), {.server = {.credential = stranger.issue()}}};
    auto options = options_for(front);
    check_refused(options, server, {errc::tls, "'CN=a stranger', which is not trusted"});
    options.tls = TlsOptions{};
    check_refused(options, server, {errc::tls, "not trusted"});
    options.tls = TlsOptions{.verify_peer = false, .verify_identity = false};
    Session::connect(options).execute("SELECT 1");
}

TEST_CASE("cpp-15: the address that was dialled must be in the certificate")
{
    const ScriptedServer server;
    const TlsFront fine{server.host(), signed_by_us({.names = "IP:127.0.0.1"})};
    Session::connect(options_for(fine)).execute("SELECT 1");
    const TlsFront other{server.host(), signed_by_us({.names = "IP:127.0.0.2,DNS:localhost"})};
    const auto error = error_of([&] { Session::connect(options_for(other)); });
    CHECK(error.code() == errc::tls);
    CHECK(says(error, "is not for '127.0.0.1'; it is for IP 127.0.0.2, DNS localhost"));
    auto options = options_for(other);
    options.tls->verify_identity = false;
    Session::connect(options).execute("SELECT 1");
}

TEST_CASE("cpp-16, sc-58: the name that was dialled must be in the certificate, or server_name instead")
{
    const ScriptedServer server;
    const TlsFront other{server.host(), signed_by_us({.names = "DNS:*.cluster.test,IP:127.0.0.1"})};
    auto options = options_for(other);
    options.hosts = {other.host("localhost")};
    const auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::tls);
    CHECK(says(error, "is not for 'localhost'; it is for DNS *.cluster.test, IP 127.0.0.1"));
    options.tls->server_name = "node.cluster.test";
    Session::connect(options).execute("SELECT 1");
    const TlsFront fine{server.host(), signed_by_us({.names = "DNS:localhost"})};
    options = options_for(fine);
    options.hosts = {fine.host("localhost")};
    Session::connect(options).execute("SELECT 1");
}

TEST_CASE("cpp-17: a name that was dialled is sent to the server, an address is not")
{
    const ScriptedServer server;
    const TlsFront front{server.host(), signed_by_us()};
    auto options = options_for(front);
    Session::connect(options);
    CHECK(front.asked_name().empty());
    options.hosts = {front.host("localhost")};
    Session::connect(options);
    CHECK(front.asked_name() == "localhost");
}

TEST_CASE("sc-58: a certificate whose time is over, or has not come, is refused")
{
    const ScriptedServer server;
    const TlsFront expired{server.host(), signed_by_us({.begins_in = -9, .ends_in = -1})};
    check_refused(options_for(expired), server, {errc::tls, "expired on 20"});
    const TlsFront early{server.host(), signed_by_us({.begins_in = 2})};
    check_refused(options_for(early), server, {errc::tls, "is not valid before 20"});
}

TEST_CASE("cpp-18, sc-58: a server below the least version is refused")
{
    const ScriptedServer server;
    auto old = signed_by_us();
    old.server.maximum_version = TLS1_2_VERSION;
    const TlsFront front{server.host(), old};
    auto options = options_for(front);
    Session::connect(options).execute("SELECT 1");
    CHECK(front.version() == "TLSv1.2");
    options.tls->minimum_version = TlsVersion::tls_1_3;
    CHECK(says(error_of([&] { Session::connect(options); }), "minimum_version is TLS 1.3"));
    old.server.minimum_version = old.server.maximum_version = TLS1_1_VERSION;
    const TlsFront ancient{server.host(), old};
    const auto error = error_of([&] { Session::connect(options_for(ancient)); });
    CHECK(error.code() == errc::tls);
    CHECK(says(error, "minimum_version is TLS 1.2"));
}

TEST_CASE("cpp-19: a certificate that the server requires is shown, and its lack or refusal is reported")
{
    const ScriptedServer server;
    const tls::Folder folder;
    const tls::Authority stranger{"a stranger"};
    const auto own = authority().issue({.name = "edge"}), unknown = stranger.issue();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CAPTURE(version);
        auto strict = signed_by_us();
        strict.server.client_authority = authority().pem();
        strict.server.minimum_version = strict.server.maximum_version = version;
        const TlsFront front{server.host(), strict};
        auto options = options_for(front);
        auto error = error_of([&] { Session::connect(options); });
        CHECK(error.code() == errc::tls);
        CHECK(says(error, "requires a client certificate"));
        options.tls->certificate_file = folder.write("unknown.pem", unknown.certificate);
        options.tls->key_file = folder.write("unknown.key", unknown.key);
        error = error_of([&] { Session::connect(options); });
        CHECK(error.code() == errc::tls);
        CHECK(says(error, "refused the certificate of certificate_file"));
        options.tls->certificate_file = folder.write("own.pem", own.certificate);
        options.tls->key_file = folder.write("own.key", tls::encrypted(own.key, "open sesame"));
        options.tls->key_password = "open sesame";
        Session::connect(options).execute("SELECT 1");
        CHECK(front.client_name() == "edge");
    }
}

TEST_CASE("files that cannot be used are refused before anything is connected")
{
    const ScriptedServer server;
    auto options = options_for(server);
    options.tls = TlsOptions{.ca_file = "/no/such/file.pem"};
    const auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::configuration);
    CHECK(says(error, "ca_file '/no/such/file.pem'"));
    CHECK(server.connections() == 0);
}

TEST_CASE("a certificate alone identifies where the server's authenticator takes it, and a password goes over TLS too")
{
    const tls::Folder folder;
    const auto own = authority().issue({.name = "edge"});
    auto strict = signed_by_us();
    strict.server.client_authority = authority().pem();
    ScriptedServer server{
        {{Opcode::startup, "", {reply(protocol::Authenticate{"org.apache.cassandra.auth.MutualTlsAuthenticator"})}},
         {Opcode::auth_response, "\0ann\0secret"s, {reply(protocol::AuthSuccess{})}},
         {Opcode::auth_response, "\0\0\0\0"s, {reply(protocol::AuthSuccess{})}}}};
    const TlsFront front{server.host(), strict};
    auto options = options_for(front);
    options.tls->certificate_file = folder.write("own.pem", own.certificate + own.key);
    Session::connect(options).execute("SELECT 1");
    options.username = "ann";
    options.password = "secret";
    Session::connect(options).execute("SELECT 1");
    CHECK(server.count(Opcode::auth_response) == 2);
    CHECK(server.count(Opcode::auth_response, "ann") == 1);
    CHECK(front.raw().find("secret") == std::string::npos);
}
