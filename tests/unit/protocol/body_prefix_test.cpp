#include "decoded.hpp"
#include <protocol/body_prefix.hpp>
#include <protocol/frame.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

ResponseExtras extras_of(const Wire& body, std::uint8_t flags)
{
    std::string failure;
    ResponseExtras extras;
    decoded(body, failure, [&](Reader& in) {
        BodyPrefix::decode_response(in, flags).store(extras);
        return 0;
    });
    CHECK(failure == "");
    return extras;
}

}

TEST_CASE("cpp-27, sc-25: the tracing id stands before warnings, and both before the custom payload")
{
    const auto body = wire()
                          .raw("0123456789abcdef")
                          .short_(2)
                          .string("slow")
                          .string("slower")
                          .short_(2)
                          .string("foo")
                          .bytes("bar")
                          .string("null")
                          .null();
    const auto extras = extras_of(body, flag::tracing | flag::warning | flag::custom_payload);
    REQUIRE(extras.tracing_id);
    CHECK(extras.tracing_id->bytes[0] == std::byte{'0'});
    CHECK(extras.warnings == std::vector<std::string>{"slow", "slower"});
    REQUIRE(extras.custom_payload.size() == 2);
    CHECK(extras.custom_payload.at("foo") == wire().raw("bar").bytes());
    CHECK(!extras.custom_payload.at("null"));
}

TEST_CASE("of payload keys that come twice the last counts")
{
    const auto body = wire().short_(2).string("k").bytes("first").string("k").bytes("last");
    CHECK(extras_of(body, flag::custom_payload).custom_payload.at("k") == wire().raw("last").bytes());
}

TEST_CASE("only what the flags announce is read")
{
    const auto body = wire().raw("0123456789abcdef");
    Reader in{body.bytes()};
    CHECK(BodyPrefix::decode_response(in, 0xF0).flags() == 0);
    CHECK(in.remaining() == 16);
    CHECK(BodyPrefix::decode_request(in, flag::tracing | flag::warning).flags() == 0);
    CHECK(in.remaining() == 16);
}

TEST_CASE("a tracing id that is cut short is refused")
{
    const auto body = wire().raw("0123456789abcde");
    Reader in{body.bytes()};
    BodyPrefix::decode_response(in, flag::tracing);
    CHECK(in.failed());
}
