#include "../wire.hpp"
#include "tests/contains.hpp"
#include <doctest/doctest.h>
#include <protocol/frame.hpp>
#include <protocol/options.hpp>
#include <protocol/query.hpp>
#include <string>

using namespace coodie;
using namespace coodie::protocol;

namespace {

std::span<const std::byte, header_size> header_of(const std::vector<std::byte>& bytes)
{
    REQUIRE(bytes.size() >= header_size);
    return std::span{bytes}.first<header_size>();
}

Wire header(unsigned version, unsigned opcode, std::int64_t length, int stream = 1)
{
    return wire().byte(version).byte(0).short_(stream).byte(opcode).int_(length);
}

std::string refusal(const Wire& bytes, const FrameLimits& limits = {})
{
    const auto checked = check_response_header(header_of(bytes.bytes()), limits);
    if (checked)
        return {};
    CHECK(checked.error().code() == errc::protocol);
    CHECK(checked.error().breaks_connection());
    return checked.error().message();
}

}

TEST_CASE("a header is nine bytes in the order of the specification")
{
    const auto bytes = wire().byte(0x84).byte(0x0A).short_(-1).byte(0x0C).int_(258);
    const FrameHeader event{0x84, flag::tracing | flag::warning, -1, Opcode::event, 258};
    CHECK(parse_header(header_of(bytes.bytes())) == event);
    std::vector<std::byte> stored(header_size);
    CHECK(store_header(stored.data(), event) == stored.data() + header_size);
    CHECK(stored == bytes);
}

TEST_CASE("a frame is its header and its message")
{
    const auto expected =
        wire().byte(0x04).byte(0x02).short_(5).byte(0x07).int_(15).long_string("SELECT 1").short_(1).byte(0);
    CHECK(frame_of(Query{"SELECT 1", {.consistency = Consistency::one}}, 5, flag::tracing) == expected);
    CHECK(frame_of(Options{}, 0) == wire().byte(0x04).byte(0).short_(0).byte(0x05).int_(0));
}

TEST_CASE("the opcodes that servers send pass, and no others")
{
    for (unsigned opcode = 0; opcode != 256; ++opcode) {
        CAPTURE(opcode);
        const auto sent_by_servers = opcode == 0 || opcode == 2 || opcode == 3 || opcode == 6 || opcode == 8 ||
                                     opcode == 12 || opcode == 14 || opcode == 16;
        const auto sentence = refusal(header(0x84, opcode, 0));
        CHECK(sentence.empty() == sent_by_servers);
        CHECK(contains(sentence, "opcode " + std::to_string(opcode)) != sent_by_servers);
    }
}

TEST_CASE("the opcodes that clients send pass, and no others")
{
    for (unsigned opcode = 0; opcode != 256; ++opcode) {
        CAPTURE(opcode);
        const auto sent_by_clients = opcode == 1 || opcode == 5 || opcode == 7 || opcode == 9 || opcode == 10 ||
                                     opcode == 11 || opcode == 13 || opcode == 15;
        const auto checked = check_request_header(header_of(header(0x04, opcode, 0).bytes()), {});
        CHECK(static_cast<bool>(checked) == sent_by_clients);
    }
}

TEST_CASE("a peer that is no CQL server is named, with its first bytes in hex")
{
    struct Example
    {
        const char* name;
        Wire bytes;
        std::string_view sentence;
        std::string_view hex;
    };
    const std::vector<Example> examples{
        {"http", wire().raw("HTTP/1.1 400"), "speaks HTTP", "48 54 54 50 2f"},
        {"ssh", wire().raw("SSH-2.0-OpenSSH"), "speaks SSH", "53 53 48 2d"},
        {"zeros", wire().long_(0).byte(0), "zeros", "00 00 00"},
        {"anything", wire().raw("220 mail.example.org"), "no CQL", "32 32 30"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto sentence = refusal(example.bytes, {.first_answer = true});
        CHECK(contains(sentence, example.sentence));
        CHECK(contains(sentence, example.hex));
    }
}

TEST_CASE("a peer that speaks TLS is named for it, also by an alert that is shorter than a header")
{
    const auto alert = wire().byte(0x15).short_(0x0303).short_(2).short_(0x0246);
    const auto hello = wire().byte(0x16).short_(0x0301).short_(2).short_(0).short_(0);
    CHECK(protocol::refusal_of_stranger(alert.bytes()).code() == errc::tls);
    CHECK(contains(protocol::refusal_of_stranger(alert.bytes()).message(), "15 03 03 00 02 02 46"));
    CHECK_FALSE(protocol::refusal_of_stranger(wire().byte(0x84).byte(0).bytes()));
    CHECK_FALSE(protocol::refusal_of_stranger({}));
    const std::vector<std::byte> header{hello.bytes()};
    const auto checked = check_response_header(std::span{header}.first<header_size>(), {.first_answer = true});
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code() == errc::tls);
    CHECK(contains(checked.error().message(), "set tls"));
}

TEST_CASE("cpp-10: another version of the protocol is refused by naming both")
{
    for (const auto version : {0x81, 0x82, 0x83, 0x85, 0x86}) {
        CAPTURE(version);
        const auto spoken = "version " + std::to_string(version & 0x7F);
        CHECK(contains(refusal(header(static_cast<unsigned>(version), 6, 0)), spoken));
        CHECK(contains(refusal(header(static_cast<unsigned>(version), 6, 0)), "this client version 4"));
    }
    CHECK(contains(refusal(header(0x04, 8, 0)), "request where a response was due"));
}

TEST_CASE("the sentence of a server of another version is read from its first answer")
{
    const auto first = header(0x83, 0, 17);
    CHECK(refusal(first, {.first_answer = true}).empty());
    CHECK(!refusal(first).empty());
    CHECK(!refusal(header(0x83, 2, 0), {.first_answer = true}).empty());
    CHECK(!refusal(header(0x82, 0, 0), {.first_answer = true}).empty());
    CHECK(
        !refusal(header(0x83, 0, 1 << 20), {.max_body = max_body_before_authentication, .first_answer = true}).empty());

    const auto body = wire().int_(0x0A).string("upgrade me");
    const auto error = foreign_version_error(parse_header(header_of(first.bytes())), body.bytes());
    CHECK(error.message() ==
          "the server speaks version 3 of the protocol, this client version 4. The server says: upgrade me");
    CHECK(contains(foreign_version_error(parse_header(header_of(first.bytes())), {}).message(), "version 3"));
}

TEST_CASE("a length that is negative or above the cap is refused")
{
    struct Example
    {
        std::int64_t length;
        std::uint32_t cap;
        std::string_view sentence;
    };
    const std::vector<Example> examples{
        {0, 0, ""},
        {268'435'456, 268'435'456, ""},
        {268'435'457, 268'435'456, "above the limit of 268435456"},
        {65'537, max_body_before_authentication, "above the limit of 65536"},
        {2'147'483'647, 2'147'483'647, ""},
        {-1, 2'147'483'648U, "negative length -1"},
        {-2'147'483'648LL, 4'294'967'295U, "negative length -2147483648"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.length);
        const auto sentence = refusal(header(0x84, 8, example.length), {.max_body = example.cap});
        CHECK(sentence.empty() == example.sentence.empty());
        CHECK(contains(sentence, example.sentence));
        const auto request = header(0x04, 7, example.length);
        CHECK(static_cast<bool>(check_request_header(header_of(request.bytes()), {.max_body = example.cap})) ==
              example.sentence.empty());
    }
}

TEST_CASE("unknown flags are ignored")
{
    const auto bytes = wire().byte(0x84).byte(0xF0).short_(7).byte(0x08).int_(4);
    CHECK(check_response_header(header_of(bytes.bytes()), {}));
}

TEST_CASE("every opcode has its name")
{
    CHECK(name_of(Opcode::register_) == "REGISTER");
    CHECK(name_of(Opcode::auth_success) == "AUTH_SUCCESS");
    CHECK(name_of(static_cast<Opcode>(0x77)) == "UNKNOWN");
}
