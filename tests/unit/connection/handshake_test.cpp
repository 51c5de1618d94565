#include "frames.hpp"

#include "lib/connection/handshake.hpp"
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

template <class Message> Handshake::Step hear(Handshake& handshake, const Message& message)
{
    const auto bytes = protocol::frame_of(message, 0);
    const std::span<const std::byte> all{bytes};
    return handshake.answered(protocol::parse_header(all.first<protocol::header_size>()),
                              all.subspan(protocol::header_size));
}

std::string text_of(const Handshake::Step& step)
{
    const auto& body = std::get<Handshake::Send>(step).body;
    return {reinterpret_cast<const char*>(body.data()), body.size()};
}

Opcode sent(const Handshake::Step& step)
{
    REQUIRE(std::holds_alternative<Handshake::Send>(step));
    return std::get<Handshake::Send>(step).opcode;
}

errc failure(const Handshake::Step& step)
{
    REQUIRE(std::holds_alternative<Error>(step));
    return std::get<Error>(step).code();
}

/// One row of one text.
protocol::ResultResponse names(std::string_view cell)
{
    static std::vector<std::byte> content;
    content.assign(4, std::byte{});
    content[3] = static_cast<std::byte>(cell.size());
    const auto bytes = std::as_bytes(std::span{cell});
    content.insert(content.end(), bytes.begin(), bytes.end());
    protocol::RowsResult rows;
    rows.metadata.columns_count = 1;
    const auto columns = std::make_shared<ResultMetadata>();
    columns->columns = {{"system", "local", "cluster_name", Codec<std::string>::type()}};
    rows.metadata.columns = columns;
    rows.content = content;
    rows.rows = 1;
    return {std::move(rows)};
}

const protocol::Supported supported{{{"CQL_VERSION", {"3.4.5"}}, {"COMPRESSION", {"snappy", "lz4"}}}};

}

TEST_CASE("cpp-01: a plain handshake asks for options, starts up and is done")
{
    const HandshakeOptions options;
    Handshake handshake{options};
    CHECK(sent(handshake.begin()) == Opcode::options);
    const auto startup = hear(handshake, supported);
    CHECK(sent(startup) == Opcode::startup);
    CHECK(text_of(startup).find("COMPRESSION") == std::string::npos);
    CHECK(std::holds_alternative<Handshake::Finished>(hear(handshake, protocol::Ready{})));
}

TEST_CASE("sc-02: compression is asked for only where the server has it")
{
    struct Example
    {
        Compression wanted;
        std::vector<std::string_view> offered;
        bool agreed;
    };
    const Example examples[]{{Compression::lz4, {"snappy", "lz4"}, true},
                             {Compression::snappy, {"snappy"}, true},
                             {Compression::lz4, {"snappy", "zstd"}, false},
                             {Compression::lz4, {}, false},
                             {Compression::none, {"lz4"}, false}};
    for (const auto& example : examples) {
        const HandshakeOptions options{.compression = example.wanted};
        Handshake handshake{options};
        (void)handshake.begin();
        const auto startup = hear(handshake, protocol::Supported{{{"COMPRESSION", example.offered}}});
        CHECK(handshake.compression().has_value() == example.agreed);
        CHECK((text_of(startup).find("COMPRESSION") != std::string::npos) == example.agreed);
    }
}

TEST_CASE("what a Scylla node offers is taken as it was offered, and nothing that was not")
{
    const protocol::Supported offered{{{"SCYLLA_LWT_ADD_METADATA_MARK", {"LWT_OPTIMIZATION_META_BIT_MASK=2147483648"}},
                                       {"SCYLLA_RATE_LIMIT_ERROR", {"ERROR_CODE=61440"}},
                                       {"TABLETS_ROUTING_V1", {""}},
                                       {"SCYLLA_USE_METADATA_ID", {""}}}};
    for (const auto& [name, values] : offered.options) {
        CAPTURE(name);
        const HandshakeOptions options;
        Handshake handshake{options};
        (void)handshake.begin();
        const auto startup = text_of(hear(handshake, protocol::Supported{{{name, values}}}));
        for (const auto& [other, ignored] : offered.options)
            CHECK((startup.find(other) != std::string::npos) == (other == name));
        CHECK((startup.find("LWT_OPTIMIZATION_META_BIT_MASK=2147483648") != std::string::npos) ==
              (name == "SCYLLA_LWT_ADD_METADATA_MARK"));
    }
}

TEST_CASE("cpp-03, cpp-04: credentials, challenges and a keyspace follow each other")
{
    const HandshakeOptions options{.username = "ann", .password = "secret", .keyspace = "My\"Ks"};
    Handshake handshake{options};
    (void)handshake.begin();
    (void)hear(handshake, supported);
    const auto answer = hear(handshake, protocol::Authenticate{"PasswordAuthenticator"});
    CHECK(sent(answer) == Opcode::auth_response);
    CHECK(text_of(answer) == "\0\0\0\x0b\0ann\0secret"s);
    CHECK(sent(hear(handshake, protocol::AuthChallenge{})) == Opcode::auth_response);
    const auto use = hear(handshake, protocol::AuthSuccess{});
    CHECK(sent(use) == Opcode::query);
    CHECK(text_of(use).find("USE \"My\"\"Ks\"") != std::string::npos);
    const protocol::ResultResponse set{protocol::SetKeyspaceResult{"My\"Ks"}};
    CHECK(std::holds_alternative<Handshake::Finished>(hear(handshake, set)));
}

TEST_CASE("a certificate identifies with an empty token, where nobody wants a password")
{
    struct Example
    {
        const char* name;
        HandshakeOptions options;
        const char* authenticator;
        std::string token; ///< empty: none is sent
    };
    const auto mutual = "org.apache.cassandra.auth.MutualTlsAuthenticator";
    const auto fallback = "org.apache.cassandra.auth.MutualTlsWithPasswordFallbackAuthenticator";
    const auto plain = "org.apache.cassandra.auth.PasswordAuthenticator";
    const Example examples[]{
        {"certificate alone", {.shows_certificate = true}, mutual, "\0\0\0\0"s},
        {"certificate alone, or a password", {.shows_certificate = true}, fallback, "\0\0\0\0"s},
        {"certificate for a password", {.shows_certificate = true}, plain, ""},
        {"nothing", {}, mutual, ""},
        {"both", {.username = "a", .password = "b", .shows_certificate = true}, fallback, "\0\0\0\x04\0a\0b"s},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        Handshake handshake{example.options};
        (void)handshake.begin();
        (void)hear(handshake, supported);
        const auto answer = hear(handshake, protocol::Authenticate{example.authenticator});
        if (example.token.empty())
            CHECK(failure(answer) == errc::authentication);
        else
            CHECK(text_of(answer) == example.token);
    }
}

TEST_CASE("sc-04: every step that goes wrong ends the handshake with its own error")
{
    const HandshakeOptions options{.username = "ann", .password = "secret", .keyspace = "ks"};
    const protocol::ErrorResponse refused{0x0100, "no", {}};
    const auto after = [&](auto&&... messages) {
        auto handshake = std::make_unique<Handshake>(options);
        (void)handshake->begin();
        ((void)hear(*handshake, messages), ...);
        return handshake;
    };
    const protocol::Authenticate asks{"Password"};
    CHECK(failure(hear(*after(), refused)) == errc::bad_credentials);
    CHECK(failure(hear(*after(), protocol::Ready{})) == errc::protocol);
    CHECK(failure(hear(*after(supported), supported)) == errc::protocol);
    CHECK(failure(hear(*after(supported, asks), refused)) == errc::bad_credentials);
    CHECK(failure(hear(*after(supported, asks), protocol::Ready{})) == errc::protocol);
    const protocol::ResultResponse other{protocol::SetKeyspaceResult{"other"}};
    CHECK(failure(hear(*after(supported, protocol::Ready{}), other)) == errc::protocol);
    const HandshakeOptions anonymous;
    Handshake handshake{anonymous};
    (void)handshake.begin();
    (void)hear(handshake, supported);
    CHECK(failure(hear(handshake, asks)) == errc::authentication);
}

TEST_CASE("sc-03: a server of another version is quoted")
{
    const HandshakeOptions options;
    Handshake handshake{options};
    (void)handshake.begin();
    const auto bytes = protocol::frame_of(protocol::ErrorResponse{10, "Beta version 5 only", {}}, 0);
    auto header = protocol::parse_header(std::span<const std::byte>{bytes}.first<protocol::header_size>());
    header.version = 0x85;
    const auto step = handshake.answered(header, std::span<const std::byte>{bytes}.subspan(protocol::header_size));
    CHECK(failure(step) == errc::protocol);
    CHECK(std::get<Error>(step).message().find("Beta version 5 only") != std::string::npos);
}

TEST_CASE("sc-10: a node of another cluster is refused before anything is asked of it")
{
    struct Example
    {
        const char* name;
        const char* answered; ///< null: no rows
        bool refused;
    };
    const Example examples[]{{"the same", "home", false}, {"another", "elsewhere", true}, {"none", nullptr, false}};
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const HandshakeOptions options{.cluster_name = "home"};
        Handshake handshake{options};
        (void)handshake.begin();
        (void)hear(handshake, supported);
        CHECK(text_of(hear(handshake, protocol::Ready{})).find("cluster_name FROM system.local") != std::string::npos);
        const auto step = example.answered ? hear(handshake, names(example.answered))
                                           : hear(handshake, protocol::ResultResponse{protocol::VoidResult{}});
        if (example.refused)
            CHECK(failure(step) == errc::configuration);
        else
            CHECK(std::holds_alternative<Handshake::Finished>(step));
    }
}

TEST_CASE("an answer that is cut short anywhere ends the handshake")
{
    const HandshakeOptions options{.username = "ann", .password = "secret", .keyspace = "ks"};
    const auto ask = protocol::frame_of(protocol::Authenticate{"Password"}, 0);
    const auto offer = protocol::frame_of(supported, 0);
    const auto set = protocol::frame_of(protocol::ResultResponse{protocol::SetKeyspaceResult{"ks"}}, 0);
    const auto refusal = protocol::frame_of(protocol::ErrorResponse{0x0100, "no", {}}, 0);
    const auto cut_everywhere = [&](const Bytes& whole, auto&&... before) {
        for (auto size = protocol::header_size; size != whole.size(); ++size) {
            Handshake handshake{options};
            (void)handshake.begin();
            ((void)hear(handshake, before), ...);
            const Bytes exact(whole.begin() + protocol::header_size, whole.begin() + static_cast<std::ptrdiff_t>(size));
            const auto header =
                protocol::parse_header(std::span<const std::byte>{whole}.first<protocol::header_size>());
            CHECK(failure(handshake.answered(header, exact)) == errc::protocol);
        }
    };
    cut_everywhere(offer);
    cut_everywhere(ask, supported);
    cut_everywhere(refusal, supported);
    cut_everywhere(refusal, supported, protocol::Authenticate{"Password"});
    cut_everywhere(set, supported, protocol::Ready{});
}

TEST_CASE("sc-05: a server that challenges for ever is left")
{
    const HandshakeOptions options{.username = "ann", .password = "secret"};
    Handshake handshake{options};
    (void)handshake.begin();
    (void)hear(handshake, supported);
    (void)hear(handshake, protocol::Authenticate{"Riddler"});
    for (int n = 0; n < 16; ++n)
        CHECK(sent(hear(handshake, protocol::AuthChallenge{})) == Opcode::auth_response);
    const auto last = hear(handshake, protocol::AuthChallenge{});
    CHECK(failure(last) == errc::authentication);
    CHECK(std::get<Error>(last).message().find("Riddler") != std::string::npos);
}

TEST_CASE("cpp-03: a keyspace that the server does not switch to ends the handshake with its reason")
{
    const HandshakeOptions options{.keyspace = "ks"};
    const auto after_use = [&](const auto& message) {
        Handshake handshake{options};
        (void)handshake.begin();
        (void)hear(handshake, supported);
        (void)hear(handshake, protocol::Ready{});
        return hear(handshake, message);
    };
    CHECK(failure(after_use(protocol::ErrorResponse{0x2200, "Keyspace 'ks' does not exist", {}})) ==
          errc::invalid_request);
    CHECK(failure(after_use(protocol::ResultResponse{protocol::VoidResult{}})) == errc::protocol);
    CHECK(failure(after_use(protocol::Ready{})) == errc::protocol);
    CHECK(failure(after_use(protocol::AuthSuccess{})) == errc::protocol);
}

TEST_CASE("options that no message can carry are refused before anything is sent")
{
    const HandshakeOptions long_winded{.application_name = std::string(70'000, 'x')};
    Handshake named{long_winded};
    (void)named.begin();
    CHECK(failure(hear(named, supported)) == errc::invalid_query);
    const HandshakeOptions with_nul{.username = "a\0b"s, .password = "secret"};
    Handshake asked{with_nul};
    (void)asked.begin();
    (void)hear(asked, supported);
    CHECK(failure(hear(asked, protocol::Authenticate{"Password"})) == errc::configuration);
}
