#include "decoded.hpp"
#include <coodie/exceptions.hpp>
#include <protocol/error_response.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

Wire error(std::int64_t code, const Wire& fields = {})
{
    return wire().int_(code).string("a sentence").add(fields);
}

Wire acknowledgements()
{
    return wire().short_(0x0006).int_(1).int_(2);
}

/// Decodes it, and checks what all errors share.
Error error_of(const Wire& body, errc code, std::optional<std::int32_t> rate_limit_code = {})
{
    std::string failure;
    auto result =
        decoded(body, failure, [&](Reader& in) { return ErrorResponse::decode(in, rate_limit_code).as_error(); });
    CHECK(failure == "");
    CHECK(result.code() == code);
    CHECK(result.message() == "a sentence");
    return result;
}

template <class Fields> Fields fields_of(const Wire& body, errc code, std::optional<std::int32_t> rate_limit_code = {})
{
    const auto result = error_of(body, code, rate_limit_code);
    REQUIRE(std::holds_alternative<Fields>(result.fields()));
    return std::get<Fields>(result.fields());
}

}

TEST_CASE("errors without fields keep the server's code and sentence")
{
    for (const auto code : {0x0000, 0x000A, 0x0100, 0x1001, 0x1002, 0x1003, 0x1600, 0x2000, 0x2100, 0x2200, 0x2300}) {
        CAPTURE(code);
        CHECK(
            std::holds_alternative<std::monostate>(error_of(error(code), static_cast<errc>(0x10000 + code)).fields()));
        CHECK(is_cql_error(code));
    }
}

TEST_CASE("a code nobody knows is an error like others, and never a client's own")
{
    CHECK(!is_cql_error(0x7777));
    CHECK(error_of(error(0x7777), static_cast<errc>(0x17777)));
    for (const auto code : {-1LL, -65'535LL, 65'536LL, 2'147'483'647LL, -2'147'483'648LL}) {
        CAPTURE(code);
        CHECK(error_of(error(code), errc::server_error));
    }
}

TEST_CASE("cpp-44: unavailable: consistency, required, alive")
{
    const auto fields =
        fields_of<UnavailableFields>(error(0x1000, wire().short_(4).int_(3).int_(1)), errc::unavailable);
    CHECK(fields.consistency == Consistency::quorum);
    CHECK(fields.required == 3);
    CHECK(fields.alive == 1);
}

TEST_CASE("cpp-44: write timeout: consistency, received, block for, write type")
{
    const auto fields =
        fields_of<WriteTimeoutFields>(error(0x1100, acknowledgements().string("BATCH_LOG")), errc::write_timeout);
    CHECK(fields.consistency == Consistency::local_quorum);
    CHECK(fields.received == 1);
    CHECK(fields.block_for == 2);
    CHECK(fields.write_type == "BATCH_LOG");
}

TEST_CASE("cpp-44: read timeout: consistency, received, block for, data present")
{
    const auto fields = fields_of<ReadTimeoutFields>(error(0x1200, acknowledgements().byte(1)), errc::read_timeout);
    CHECK(fields.received == 1);
    CHECK(fields.block_for == 2);
    CHECK(fields.data_present);
}

TEST_CASE("cpp-44: failures count the failures before what follows")
{
    const auto read =
        fields_of<ReadFailureFields>(error(0x1300, acknowledgements().int_(7).byte(0)), errc::read_failure);
    CHECK(read.failures == 7);
    CHECK(!read.data_present);
    const auto write =
        fields_of<WriteFailureFields>(error(0x1500, acknowledgements().int_(7).string("CAS")), errc::write_failure);
    CHECK(write.failures == 7);
    CHECK(write.write_type == "CAS");
}

TEST_CASE("function failure: keyspace, function, argument types")
{
    const auto body = error(0x1400, wire().string("ks").string("f").short_(2).string("int").string("text"));
    const auto fields = fields_of<FunctionFailureFields>(body, errc::function_failure);
    CHECK(fields.keyspace == "ks");
    CHECK(fields.function == "f");
    CHECK(fields.argument_types == std::vector<std::string>{"int", "text"});
}

TEST_CASE("already exists: keyspace and table, which is empty for a keyspace")
{
    const auto fields =
        fields_of<AlreadyExistsFields>(error(0x2400, wire().string("ks").string("")), errc::already_exists);
    CHECK(fields.keyspace == "ks");
    CHECK(fields.table.empty());
}

TEST_CASE("unprepared: the id")
{
    const auto fields = fields_of<UnpreparedFields>(error(0x2500, wire().short_bytes("id")), errc::unprepared);
    CHECK(fields.id == wire().raw("id"));
}

TEST_CASE("unknown outcome of a lightweight transaction: consistency, received, block for")
{
    const auto fields = fields_of<CasWriteUnknownFields>(error(0x1700, acknowledgements()), errc::cas_write_unknown);
    CHECK(fields.received == 1);
    CHECK(fields.block_for == 2);
}

TEST_CASE("sc-48: a rate limit is known by the code that was agreed")
{
    const auto body = error(0x4321, wire().byte(1).byte(1));
    const auto fields = fields_of<RateLimitFields>(body, errc::rate_limit, 0x4321);
    CHECK(fields.operation == 1);
    CHECK(fields.rejected_by_coordinator);
    CHECK(error_of(body, static_cast<errc>(0x14321)));
}

TEST_CASE("our own number for rate limits means nothing on the wire")
{
    CHECK(std::holds_alternative<std::monostate>(error_of(error(0xFFFF), errc::server_error).fields()));
}

TEST_CASE("sc-24: fields that are cut short cost neither the error nor its exception")
{
    const auto result = error_of(error(0x1200, wire().short_(0x0006).int_(1)), errc::read_timeout);
    CHECK(std::holds_alternative<std::monostate>(result.fields()));
    try {
        result.raise();
    } catch (const ReadTimeout& thrown) {
        CHECK(thrown.fields().received == 0);
        CHECK(std::string_view{thrown.what()} == "a sentence");
    }
}

TEST_CASE("a consistency nobody knows does not hide the error")
{
    const auto fields =
        fields_of<UnavailableFields>(error(0x1000, wire().short_(0x99).int_(3).int_(1)), errc::unavailable);
    CHECK(static_cast<int>(fields.consistency) == 0x99);
}

TEST_CASE("an error without its code or sentence is malformed")
{
    for (const auto& body : {wire(), wire().short_(0), wire().int_(0), wire().int_(0).short_(3).raw("ab")}) {
        std::string failure;
        decoded(body, failure, [](Reader& in) { return ErrorResponse::decode(in); });
        CHECK(contains(failure, "ends before its time"));
    }
}
