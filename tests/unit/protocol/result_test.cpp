#include "decoded.hpp"
#include "samples.hpp"
#include <protocol/result.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

Wire int_column(std::string_view name)
{
    return column(name, wire().short_(0x09));
}

Wire table()
{
    return wire().string("ks").string("users");
}

/// Lifetime: what it gives are views into `body`.
ResultResponse result_of(const Wire& body, const ResultContext& context = {})
{
    std::string failure;
    auto result = decoded(body, failure, [&](Reader& in) { return ResultResponse::decode(in, context); });
    REQUIRE(failure == "");
    return result;
}

std::string failure_of_result(const Wire& body, const ResultContext& context = {})
{
    std::string failure;
    decoded(body, failure, [&](Reader& in) { return ResultResponse::decode(in, context); });
    return failure;
}

const ResultMetadata& two_columns()
{
    static const ResultMetadata metadata{.columns = std::vector<ColumnSpec>(2), .plan = {}};
    return metadata;
}

}

TEST_CASE("the columns of rows come from the answer where it has them")
{
    const auto body = wire()
                          .int_(2)
                          .int_(1)
                          .int_(2)
                          .add(table())
                          .add(int_column("a"))
                          .add(int_column("b"))
                          .int_(1)
                          .bytes("1234")
                          .null();
    const auto result = result_of(body, {.cached = &two_columns()});
    const auto& rows = std::get<RowsResult>(result.body);
    REQUIRE(rows.metadata.columns);
    CHECK(rows.metadata.columns->columns[1].name == "b");
    CHECK(rows.metadata.columns->columns[1].keyspace == "ks");
    CHECK(rows.metadata.columns->columns[1].table == "users");
    CHECK(rows.metadata.columns->columns[1].type == DataType{.id = TypeId::int_});
    CHECK(rows.rows == 1);
    CHECK(rows.content.size() == 12);
    CHECK(rows.content.data() + rows.content.size() == body.bytes().data() + body.bytes().size());
}

TEST_CASE("columns that came in the same bytes before are not decoded again")
{
    const auto specs = wire().add(table()).add(int_column("a")).add(int_column("b"));
    const auto with = [](std::int32_t flags, const Wire& columns) {
        return wire().int_(2).int_(flags).int_(2).add(columns).int_(1).null().null();
    };
    const auto known = std::get<RowsResult>(result_of(with(1, specs)).body).metadata.known_specs();
    CHECK(known.bytes == specs.bytes());
    const ResultContext context{.cached = &two_columns(), .known = &known};
    const auto same = result_of(with(1, specs), context);
    CHECK(!std::get<RowsResult>(same.body).metadata.columns);
    CHECK(std::get<RowsResult>(same.body).rows == 1);
    const auto altered = result_of(with(1, wire().add(table()).add(int_column("a")).add(int_column("c"))), context);
    REQUIRE(std::get<RowsResult>(altered.body).metadata.columns);
    CHECK(std::get<RowsResult>(altered.body).metadata.columns->columns[1].name == "c");
    CHECK(contains(failure_of_result(wire().int_(2).int_(1).int_(2).add(table()), context), "columns"));
}

TEST_CASE("columns that were left out must be known, in the same number")
{
    const auto body = wire().int_(2).int_(4).int_(2).int_(1).null().null();
    const auto result = result_of(body, {.cached = &two_columns()});
    CHECK(!std::get<RowsResult>(result.body).metadata.columns);
    CHECK(contains(failure_of_result(body), "did not know"));
    const auto three = wire().int_(2).int_(4).int_(3).int_(1).null().null().null();
    CHECK(contains(failure_of_result(three, {.cached = &two_columns()}), "not that of the prepared statement (3)"));
}

TEST_CASE("sc-56: more pages need a paging state")
{
    const auto rows = [](const Wire& state) { return wire().int_(2).int_(7).int_(2).add(state).int_(0); };
    const ResultContext context{.cached = &two_columns()};
    const auto result = result_of(rows(wire().bytes("state")), context);
    CHECK(std::get<RowsResult>(result.body).metadata.has_more_pages());
    CHECK(std::get<RowsResult>(result.body).metadata.paging_state.size() == 5);
    CHECK(contains(failure_of_result(rows(wire().null()), context), "paging state"));
    CHECK(contains(failure_of_result(rows(wire().bytes("")), context), "paging state"));
}

TEST_CASE("the flag for new metadata is ignored unless its extension was agreed")
{
    const auto ignored = wire().int_(2).int_(0xC).int_(2).int_(0);
    CHECK(!std::get<RowsResult>(result_of(ignored, {.cached = &two_columns()}).body).metadata.new_metadata_id);
    const auto agreed = wire().int_(2).int_(0xC).int_(2).short_bytes("id").int_(0);
    CHECK(std::get<RowsResult>(result_of(agreed, {&two_columns(), true}).body).metadata.new_metadata_id);
}

TEST_CASE("impossible numbers of rows and columns are refused")
{
    struct Example
    {
        const char* name;
        Wire body;
        std::string_view sentence;
    };
    const std::vector<Example> examples{
        {"rows of no columns", wire().int_(2).int_(0).int_(0).int_(2'147'483'647), "rows of no columns"},
        {"negative rows", wire().int_(2).int_(4).int_(2).int_(-1).null().null(), "count"},
        {"more rows than bytes", wire().int_(2).int_(4).int_(2).int_(2).null().null().null(), "count"},
        {"negative columns", wire().int_(2).int_(0).int_(-1).int_(0), "number of columns (-1)"},
        {"too many columns", wire().int_(2).int_(4).int_(65'536).int_(0), "number of columns (65536)"},
        {"more columns than bytes", wire().int_(2).int_(0).int_(9).long_(0).long_(0), "more columns"},
        {"a cell beyond the end", wire().int_(2).int_(4).int_(2).int_(1).null().int_(1), "a cell longer"},
        {"kind 0", wire().int_(0), "unknown kind (0)"},
        {"kind 6", wire().int_(6), "unknown kind (6)"},
        {"negative kind", wire().int_(-1), "unknown kind (-1)"},
        {"no kind", wire(), "ends before its time"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(contains(failure_of_result(example.body, {.cached = &two_columns()}), example.sentence));
    }
}

TEST_CASE("a prepared statement knows its id, its key and both sets of columns")
{
    const auto body = wire()
                          .int_(4)
                          .short_bytes("id")
                          .int_(static_cast<std::int64_t>(0x80000001))
                          .int_(3)
                          .int_(2)
                          .short_(2)
                          .short_(0)
                          .add(table())
                          .add(int_column("a"))
                          .add(int_column("b"))
                          .add(int_column("c"))
                          .int_(4)
                          .int_(0);
    const auto result = result_of(body);
    const auto& prepared = std::get<PreparedResult>(result.body);
    CHECK(prepared.id.size() == 2);
    CHECK(prepared.partition_key == std::vector<std::uint16_t>{2, 0});
    CHECK(prepared.bind_columns.columns[2].name == "c");
    CHECK(!prepared.result_metadata.columns);
    CHECK(prepared.result_metadata.columns_count == 0);
    CHECK(prepared.is_lightweight_transaction(0x80000000));
    CHECK(!prepared.is_lightweight_transaction(0));
    CHECK(!prepared.is_lightweight_transaction(0x40000000));
}

TEST_CASE("sc-38: a prepared statement whose key names no column is refused")
{
    const auto prepared = [](std::string_view id, std::int64_t keys, unsigned first, unsigned second) {
        return wire()
            .int_(4)
            .short_bytes(id)
            .int_(1)
            .int_(2)
            .int_(keys)
            .short_(first)
            .short_(second)
            .add(table())
            .add(int_column("a"))
            .add(int_column("b"))
            .int_(4)
            .int_(0);
    };
    CHECK(failure_of_result(prepared("id", 2, 1, 0)) == "");
    CHECK(contains(failure_of_result(prepared("", 2, 1, 0)), "without an id"));
    CHECK(contains(failure_of_result(prepared("id", 2, 1, 2)), "partition key"));
    CHECK(contains(failure_of_result(prepared("id", 2, 1, 1)), "partition key"));
    CHECK(contains(failure_of_result(prepared("id", -1, 1, 0)), "count"));
    CHECK(contains(failure_of_result(prepared("id", 1 << 30, 1, 0)), "count"));
}

TEST_CASE("long names that every column would copy are refused")
{
    const std::string longest(65'535, 'k');
    auto body = wire().int_(2).int_(1).int_(30'000).string(longest).string(longest);
    for (int i = 0; i != 30'000; ++i)
        body.add(int_column(""));
    body.int_(0);
    CHECK(contains(failure_of_result(body), "repeated beyond measure"));
    CHECK(failure_of_result(
              wire().int_(2).int_(1).int_(1).string(longest).string(longest).add(int_column("a")).int_(0)) == "");
}

TEST_CASE("a schema change of a target nobody knows is read as far as it is known")
{
    const auto result = result_of(wire().int_(5).string("CREATED").string("ROLE").string("ks"));
    const auto& change = std::get<SchemaChange>(result.body);
    CHECK(change.change == "CREATED");
    CHECK(change.target == "ROLE");
    CHECK(change.keyspace.empty());
}
