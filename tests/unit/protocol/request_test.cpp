#include "../wire.hpp"
#include <doctest/doctest.h>
#include <protocol/request.hpp>
#include <string>

using namespace coodie;
using namespace coodie::protocol;

namespace {

template <class Message> std::vector<std::byte> encoded(const Message& message)
{
    CHECK(!message.check());
    std::vector<std::byte> body(message.encoded_size());
    Writer out{body};
    message.encode(out);
    CHECK(out.remaining() == 0);
    return body;
}

template <class Message> std::string refusal(const Message& message)
{
    const auto error = message.check();
    if (!error)
        return {};
    CHECK(error.code() == errc::invalid_query);
    return error.message();
}

Bytes as_bytes(std::string_view text)
{
    return std::as_bytes(std::span{text});
}

const std::string too_long(65'536, 'x');

}

TEST_CASE("STARTUP is a map that names the version of CQL")
{
    Startup startup;
    CHECK(encoded(startup) == wire().short_(1).string("CQL_VERSION").string("3.0.0"));
    startup.options.emplace_back("COMPRESSION", "lz4");
    CHECK(encoded(startup) ==
          wire().short_(2).string("CQL_VERSION").string("3.0.0").string("COMPRESSION").string("lz4"));
    startup.options.emplace_back("APPLICATION_NAME", too_long);
    CHECK(refusal(startup).find("65536") != std::string::npos);
    CHECK(refusal(Startup{.options = {}}).find("CQL_VERSION") != std::string::npos);
}

TEST_CASE("AUTH_RESPONSE tells null from empty")
{
    CHECK(encoded(AuthResponse{}) == wire().int_(-1));
    CHECK(encoded(AuthResponse{cell_of({})}) == wire().int_(0));
}

TEST_CASE("PLAIN credentials are NUL user NUL password, and hold no NUL themselves")
{
    const auto token = plain_token("user", "secret");
    REQUIRE(token);
    CHECK(*token == wire().byte(0).raw("user").byte(0).raw("secret"));
    CHECK(plain_token({"a\0b", 3}, "x").error().code() == errc::configuration);
    CHECK(plain_token("x", {"a\0b", 3}).error().code() == errc::configuration);
}

TEST_CASE("REGISTER is a list of event types")
{
    CHECK(encoded(Register{{"STATUS_CHANGE"}}) == wire().short_(1).string("STATUS_CHANGE"));
    CHECK(!refusal(Register{{too_long}}).empty());
}

TEST_CASE("PREPARE is the text alone")
{
    CHECK(encoded(Prepare{"SELECT ?"}) == wire().long_string("SELECT ?"));
}

TEST_CASE("query parameters stand in the order of the specification, each behind its flag")
{
    struct Example
    {
        const char* name;
        QueryParameters parameters;
        Wire expected;
    };
    ValueBuffer values;
    values.append(wire().bytes("v").bytes(), 1);
    values.append(wire().null().bytes(), 1);
    const auto two = [] { return wire().short_(2).bytes("v").null(); };
    const auto named = wire().string("id").bytes("x");
    const auto quorum = Consistency::quorum;
    const std::vector<Example> examples{
        {"nothing", {.consistency = quorum}, wire().short_(4).byte(0)},
        {"values", {.consistency = quorum, .values = values}, wire().short_(4).byte(0x01).add(two())},
        {"no values", {.consistency = quorum, .values = EncodedValues{}}, wire().short_(4).byte(0x01).short_(0)},
        {"names",
         {.consistency = quorum, .values = EncodedValues{named.bytes(), 1, true}},
         wire().short_(4).byte(0x41).short_(1).add(named)},
        {"skip metadata", {.consistency = quorum, .skip_metadata = true}, wire().short_(4).byte(0x02)},
        {"page size", {.consistency = quorum, .page_size = 100}, wire().short_(4).byte(0x04).int_(100)},
        {"paging state",
         {.consistency = quorum, .paging_state = as_bytes("s")},
         wire().short_(4).byte(0x08).bytes("s")},
        {"serial",
         {.consistency = quorum, .serial_consistency = Consistency::local_serial},
         wire().short_(4).byte(0x10).short_(9)},
        {"timestamp", {.consistency = quorum, .timestamp = 7}, wire().short_(4).byte(0x20).long_(7)},
        {"all of it",
         {.consistency = quorum,
          .values = values,
          .skip_metadata = true,
          .page_size = 100,
          .paging_state = as_bytes("s"),
          .serial_consistency = Consistency::serial,
          .timestamp = 7},
         wire().short_(4).byte(0x3F).add(two()).int_(100).bytes("s").short_(8).long_(7)},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(encoded(Query{"Q", example.parameters}) == wire().long_string("Q").add(example.expected));
        CHECK(encoded(Execute{as_bytes("id"), {}, example.parameters}) ==
              wire().short_bytes("id").add(example.expected));
        Reader in{example.expected.bytes()};
        std::vector<std::byte> again(example.parameters.encoded_size());
        Writer out{again};
        QueryParameters::decode(in).encode(out);
        CHECK(!in.finish());
        CHECK(again == example.expected);
    }
}

TEST_CASE("query parameters that no server accepts are refused before a byte is written")
{
    struct Example
    {
        const char* name;
        QueryParameters parameters;
        std::string_view sentence;
    };
    const std::vector<Example> examples{
        {"too many values", {.values = EncodedValues{{}, 65'536}}, "65536 elements"},
        {"page of nothing", {.page_size = 0}, "page size of 0"},
        {"negative page", {.page_size = -1}, "page size of -1"},
        {"empty paging state", {.paging_state = Bytes{}}, "empty paging state"},
        {"serial consistency", {.serial_consistency = Consistency::quorum}, "SERIAL or LOCAL_SERIAL"},
        {"timestamp", {.timestamp = -1}, "timestamp -1"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(refusal(Query{"Q", example.parameters}).find(example.sentence) != std::string::npos);
        CHECK(refusal(Execute{as_bytes("id"), {}, example.parameters}).find(example.sentence) != std::string::npos);
    }
}

TEST_CASE("EXECUTE needs an id that fits, and carries a metadata id only where it was agreed")
{
    CHECK(refusal(Execute{}).find("id") != std::string::npos);
    CHECK(refusal(Execute{as_bytes(too_long), {}, {}}).find("65536") != std::string::npos);
    const Execute execute{as_bytes("id"), as_bytes("metadata"), {.consistency = Consistency::one}};
    const auto expected = wire().short_bytes("id").short_bytes("metadata").short_(1).byte(0);
    CHECK(encoded(execute) == expected);
    Reader in{expected.bytes()};
    CHECK(Execute::decode(in, true).result_metadata_id.has_value());
    CHECK(!in.finish());
}

TEST_CASE("BATCH holds texts and ids, each with its values")
{
    protocol::Batch batch{.type = BatchType::unlogged, .consistency = Consistency::one, .timestamp = 42};
    ValueBuffer values;
    values.append(wire().bytes("v").bytes(), 1);
    batch.statements.push_back({"INSERT", values});
    batch.statements.push_back({as_bytes("id")});
    const auto expected = wire()
                              .byte(1)
                              .short_(2)
                              .byte(0)
                              .long_string("INSERT")
                              .short_(1)
                              .bytes("v")
                              .byte(1)
                              .short_bytes("id")
                              .short_(0)
                              .short_(1)
                              .byte(0x20)
                              .long_(42);
    CHECK(encoded(batch) == expected);
}

TEST_CASE("a BATCH that v4 cannot carry is refused")
{
    protocol::Batch batch;
    CHECK(refusal(batch).empty());
    batch.statements.resize(65'535);
    CHECK(refusal(batch).empty());
    batch.statements.resize(65'536);
    CHECK(refusal(batch).find("65536 elements") != std::string::npos);
    CHECK(refusal(protocol::Batch{.statements = {{"Q", EncodedValues{{}, 1, true}}}}).find("named") !=
          std::string::npos);
    CHECK(refusal(protocol::Batch{.statements = {{"Q", EncodedValues{{}, 65'536}}}}).find("65536") !=
          std::string::npos);
    CHECK(refusal(protocol::Batch{.statements = {{Bytes{}}}}).find("no id") != std::string::npos);
    CHECK(refusal(protocol::Batch{.serial_consistency = Consistency::any}).find("SERIAL") != std::string::npos);
}

TEST_CASE("a server refuses requests that say what v4 does not know")
{
    struct Example
    {
        const char* name;
        Opcode opcode;
        Wire body;
    };
    const std::vector<Example> examples{
        {"query flag 0x80", Opcode::query, wire().long_string("Q").short_(1).byte(0x80).int_(0)},
        {"names without values", Opcode::query, wire().long_string("Q").short_(1).byte(0x40)},
        {"a value of length -3", Opcode::query, wire().long_string("Q").short_(1).byte(1).short_(1).int_(-3)},
        {"a null paging state", Opcode::query, wire().long_string("Q").short_(1).byte(8).int_(-1)},
        {"batch type 3", Opcode::batch, wire().byte(3).short_(0).short_(1).byte(0)},
        {"batch kind 2", Opcode::batch, wire().byte(0).short_(1).byte(2).long_string("Q").short_(0).short_(1).byte(0)},
        {"batch flag 0x01", Opcode::batch, wire().byte(0).short_(0).short_(1).byte(1)},
        {"an opcode of servers", Opcode::ready, wire()},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const FrameHeader header{.opcode = example.opcode};
        CHECK(decode_request(header, example.body.bytes()).error().code() == errc::protocol);
    }
}

TEST_CASE("a custom payload is checked and keeps null apart from empty")
{
    const CustomPayload payload{{"empty", std::vector<std::byte>{}}, {"null", std::nullopt}};
    const BodyPrefix prefix{.custom_payload = bytes_map_of(payload)};
    CHECK(!check_custom_payload(payload));
    CHECK(prefix.flags() == flag::custom_payload);
    std::vector<std::byte> stored(prefix.encoded_size());
    Writer out{stored};
    prefix.encode(out);
    CHECK(stored == wire().short_(2).string("empty").int_(0).string("null").int_(-1));
    CHECK(check_custom_payload({{too_long, std::nullopt}}).code() == errc::invalid_query);
}
