#include "memory_wire.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

TEST_CASE("a certificate counts for the names and addresses in it, and for no others")
{
    struct Example
    {
        const char* name;
        const char* names;
        const char* dialled;
        bool fits;
    };
    const Example examples[]{
        {"name", "DNS:node.test", "node.test", true},
        {"case of letters", "DNS:node.test", "NODE.Test", true},
        {"root's dot", "DNS:node.test", "node.test.", true},
        {"second name", "DNS:other.test,DNS:node.test", "node.test", true},
        {"another name", "DNS:node.test", "node2.test", false},
        {"name in front", "DNS:node.test", "evil.node.test", false},
        {"wildcard", "DNS:*.cluster.test", "node.cluster.test", true},
        {"wildcard over two labels", "DNS:*.cluster.test", "a.node.cluster.test", false},
        {"wildcard over none", "DNS:*.cluster.test", "cluster.test", false},
        {"wildcard in a label", "DNS:no*.cluster.test", "node.cluster.test", false},
        {"wildcard of everything", "DNS:*", "node", false},
        {"IPv4", "IP:10.0.0.1", "10.0.0.1", true},
        {"another IPv4", "IP:10.0.0.1", "10.0.0.2", false},
        {"IPv6", "IP:2001:db8::1", "2001:db8:0:0::1", true},
        {"another IPv6", "IP:2001:db8::1", "2001:db8::2", false},
        {"address as a name", "DNS:10.0.0.1", "10.0.0.1", false},
        {"address for a name", "IP:10.0.0.1", "node.test", false},
        {"common name only", "", "node", false},
        {"other kinds of names", "URI:spiffe://node,email:a@node.test", "node.test", false},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        Both both{client(), server({.names = example.names}), example.dialled};
        const auto outcome = both.shake_hands().outcome;
        CHECK((outcome == Transfer::done) == example.fits);
        if (example.fits)
            continue;
        const auto& error = both.engine.error();
        REQUIRE(error);
        CAPTURE(error.message());
        CHECK(error.code() == errc::tls);
        CHECK(error.message().find("is not for '" + std::string{example.dialled}) != std::string::npos);
        CHECK(both.arrived.empty());
    }
}

TEST_CASE("the sentence about a wrong name says which names the certificate has")
{
    Both both{client(), server({.names = "DNS:a.test,IP:10.0.0.1,IP:::1"}), "node.test"};
    both.shake_hands();
    const auto& sentence = both.engine.error().message();
    CAPTURE(sentence);
    CHECK(sentence.find("DNS a.test, IP 10.0.0.1, IP ") != std::string::npos);
    CHECK(sentence.find("server_name") != std::string::npos);
    Both nameless{client(), server({.names = ""}), "node.test"};
    nameless.shake_hands();
    CHECK(nameless.engine.error().message().find("no host at all") != std::string::npos);
}

TEST_CASE("server_name stands for what was dialled, and only names are sent as SNI")
{
    auto options = client();
    options.server_name = "node.test";
    Both named{options, server({.names = "DNS:node.test"}), "10.0.0.1"};
    CHECK(named.shake_hands().outcome == Transfer::done);
    CHECK(named.peer.asked_name() == "node.test");
    Both dialled{client(), server({.names = "DNS:node.test"}), "node.test"};
    CHECK(dialled.shake_hands().outcome == Transfer::done);
    CHECK(dialled.peer.asked_name() == "node.test");
    Both address{client(), server(), "127.0.0.1"};
    CHECK(address.shake_hands().outcome == Transfer::done);
    CHECK(address.peer.asked_name().empty());
}

TEST_CASE("sc-58: a certificate that nobody vouches for now is refused, with its own sentence")
{
    const tls::Authority stranger{"a stranger"};
    struct Example
    {
        const char* name;
        tls::ServerOptions server;
        const char* sentence;
    };
    const Example examples[]{
        {"another authority", {.credential = stranger.issue()}, "is signed by 'CN=a stranger', which is not trusted"},
        {"its authority beside it", {.credential = stranger.issue(), .chain = stranger.pem()}, "not trusted"},
        {"an authority in between is missing", {.credential = authority().below("in between").issue()}, "not trusted"},
        {"expired", server({.begins_in = -10, .ends_in = -1}), "expired on 20"},
        {"not yet valid", server({.begins_in = 2}), "is not valid before 20"},
        {"for clients only", server({.usage = "clientAuth"}), "purpose"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        Both both{client(), example.server};
        CHECK(both.shake_hands().outcome == Transfer::failed);
        const auto& error = both.engine.error();
        REQUIRE(error);
        CAPTURE(error.message());
        CHECK(error.code() == errc::tls);
        CHECK(error.message().find(example.sentence) != std::string::npos);
        CHECK(both.arrived.empty());
    }
}

TEST_CASE("a chain over an authority in between is followed")
{
    const auto between = authority().below("in between");
    Both both{client(), {.credential = between.issue(), .chain = between.pem()}};
    CHECK(both.shake_hands().outcome == Transfer::done);
}

TEST_CASE("what is switched off is not checked")
{
    const tls::Authority stranger{"a stranger"};
    auto options = client();
    options.verify_identity = false;
    Both other_name{options, server(), "node.test"};
    CHECK(other_name.shake_hands().outcome == Transfer::done);
    Both other_authority{options, {.credential = stranger.issue()}};
    CHECK(other_authority.shake_hands().outcome == Transfer::failed);
    const TlsOptions nothing{.verify_peer = false, .verify_identity = false};
    Both anybody{nothing, {.credential = stranger.issue()}, "node.test"};
    CHECK(anybody.shake_hands().outcome == Transfer::done);
    anybody.wire.is_closed = true;
    CHECK(anybody.receive().outcome == Transfer::closed);
    CHECK(anybody.engine.error().code() == errc::connection_lost);
}

TEST_CASE("cpp-18, sc-58: a server below the least version is refused")
{
    auto old = server();
    old.maximum_version = TLS1_2_VERSION;
    auto options = client();
    options.minimum_version = TlsVersion::tls_1_3;
    Both both{options, old};
    CHECK(both.shake_hands().outcome == Transfer::failed);
    CHECK(both.engine.error().code() == errc::tls);
    CHECK(both.engine.error().message().find("minimum_version is TLS 1.3") != std::string::npos);

    old.minimum_version = old.maximum_version = TLS1_1_VERSION;
    Both ancient{client(), old};
    CHECK(ancient.shake_hands().outcome == Transfer::failed);
    CHECK(ancient.engine.error().message().find("minimum_version is TLS 1.2") != std::string::npos);
}

TEST_CASE("a server that requires a certificate and gets none is reported so, in either version")
{
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CAPTURE(version);
        auto options = server();
        options.client_authority = authority().pem();
        options.minimum_version = options.maximum_version = version;
        Both both{client(), options};
        auto came = both.shake_hands();
        // With TLS 1.3 the client learns it by its first read only.
        CHECK((came.outcome == Transfer::done) == (version == TLS1_3_VERSION));
        if (came.outcome == Transfer::done)
            came = both.receive();
        CHECK(came.outcome == Transfer::failed);
        CHECK(both.engine.error().code() == errc::tls);
        CHECK(both.engine.error().message().find("requires a client certificate") != std::string::npos);
        CHECK(both.engine.error().message().find("unknown") == std::string::npos);
    }
}

TEST_CASE("a server that closes without an alert after it asked for a certificate in vain is reported as such")
{
    auto options = server();
    options.client_authority = authority().pem();
    Both both{client(), options};
    CHECK(both.shake_hands().outcome == Transfer::done);
    both.peer.take_records();
    both.wire.is_closed = true;
    CHECK(both.receive().outcome == Transfer::closed);
    CHECK(both.engine.error().code() == errc::tls);
    CHECK(both.engine.error().message().find("requires a client certificate") != std::string::npos);
}

TEST_CASE("an alert that waits behind a broken wire is heard by who only sends")
{
    auto options = server();
    options.client_authority = authority().pem();
    Both both{client(), options};
    CHECK(both.shake_hands().outcome == Transfer::done);
    both.wire.send_failure = std::make_error_code(std::errc::broken_pipe);
    CHECK(both.send("question").outcome == Transfer::failed);
    CHECK(both.engine.error().code() == errc::tls);
    CHECK(both.engine.error().message().find("requires a client certificate") != std::string::npos);
}

TEST_CASE("the client shows its certificate, and hears when it is refused")
{
    const tls::Folder folder;
    const tls::Authority stranger{"a stranger"};
    auto options = server();
    options.client_authority = authority().pem();
    for (const bool is_known : {true, false}) {
        CAPTURE(is_known);
        const auto own = (is_known ? authority() : stranger).issue({.name = "edge", .names = ""});
        auto mine = client();
        mine.certificate_file = folder.write("own.pem", own.certificate + own.key);
        Both both{mine, options};
        CHECK(both.shake_hands().outcome == Transfer::done);
        both.peer.write("answer");
        const auto came = both.receive().outcome;
        if (is_known) {
            CHECK(both.received == "answer");
            CHECK(both.peer.client_name() == "edge");
        } else {
            CHECK(came == Transfer::failed);
            CHECK(both.engine.error().message().find("refused the certificate of certificate_file") !=
                  std::string::npos);
        }
    }
}
