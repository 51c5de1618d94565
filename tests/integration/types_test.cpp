#include "keyspace.hpp"
#include "values_of_types.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <limits>

using namespace coodie;

namespace {

/// A table with a column for each of many types; each value gets a row of its own.
class TypesTable
{
public:
    explicit TypesTable(Session& session) : session_{session}, examples_{integration::all_examples()}
    {
        for (const auto& type : integration::user_types())
            session_.execute(type);
        std::string columns;
        for (std::size_t i = 0; i != examples_.size(); ++i)
            columns += ", " + column(i) + " " + examples_[i].type;
        session_.execute("CREATE TABLE types (id int PRIMARY KEY" + columns + ")");
    }

    const std::vector<integration::TypeExample>& examples() const { return examples_; }

    std::size_t index_of(std::string_view type) const
    {
        const auto found = std::ranges::find(examples_, type, &integration::TypeExample::type);
        REQUIRE(found != examples_.end());
        return static_cast<std::size_t>(found - examples_.begin());
    }

    /// What is read after `value` was written.
    Rows written(std::size_t index, const Value& value)
    {
        const auto id = ++id_;
        Statement insert{"INSERT INTO types (id, " + column(index) + ") VALUES (?, ?)"};
        insert.bind_values({id, value});
        session_.execute(std::move(insert));
        return session_.execute({"SELECT " + column(index) + " FROM types WHERE id = ?", id});
    }

private:
    static std::string column(std::size_t index) { return "c" + std::to_string(index); }

    Session& session_;
    std::vector<integration::TypeExample> examples_;
    std::int32_t id_ = 0;
};

/// By their bytes: NaN is not equal to itself.
void check_same(const Rows& rows, const Value& value)
{
    REQUIRE(rows.size() == 1);
    const auto field = rows.front()[std::size_t{0}];
    const auto sent = encode(value, field.column().type);
    REQUIRE(sent);
    CAPTURE(value.to_string());
    CHECK(to_hex(field.cell().bytes()) == to_hex(*sent));

    const auto read = field.as<Value>();
    const auto again = encode(read, field.column().type);
    REQUIRE(again);
    CHECK(to_hex(*again) == to_hex(*sent));
    CHECK(read.content().index() == value.content().index());
}

}

TEST_CASE("cpp-29: every type's values come back from a real table as they went, as dynamic values")
{
    auto session = integration::connect();
    const integration::Keyspace keyspace{session, "coodie_types"};
    TypesTable table{session};

    for (std::size_t i = 0; i != table.examples().size(); ++i) {
        const auto& example = table.examples()[i];
        CAPTURE(example.type);
        for (std::size_t n = 0; n != example.values.size(); ++n) {
            CAPTURE(n);
            check_same(table.written(i, example.values[n]), example.values[n]);
        }
        CAPTURE("null");
        const auto rows = table.written(i, Value{});
        REQUIRE(rows.size() == 1);
        CHECK(rows.front()[std::size_t{0}].is_null());
        CHECK(rows.front()[std::size_t{0}].as<Value>().is_null());
    }

    for (const std::string type : integration::types_with_empty_values()) {
        CAPTURE(type);
        const auto rows = table.written(table.index_of(type), Value::Empty{});
        REQUIRE(rows.size() == 1);
        CHECK_FALSE(rows.front()[std::size_t{0}].is_null());
        CHECK(rows.front()[std::size_t{0}].as<Value>().is_empty());
    }

    for (const std::string type : {"list<int>", "set<text>", "map<text, int>"}) {
        CAPTURE(type);
        // Cassandra keeps no empty collections but frozen ones.
        const Value empty = type.front() == 'm' ? Value{Value::Map{}} : Value{Value::List{}};
        CHECK(table.written(table.index_of(type), empty).front()[std::size_t{0}].is_null());
    }
}

TEST_CASE("counters count from one end of their range to the other")
{
    auto session = integration::connect();
    const integration::Keyspace keyspace{session, "coodie_counters"};
    session.execute("CREATE TABLE counters (id int PRIMARY KEY, n counter)");
    struct Example
    {
        std::int32_t id;
        std::int64_t by;
    };
    const Example examples[] = {
        {1, 0}, {2, std::numeric_limits<std::int64_t>::max()}, {3, std::numeric_limits<std::int64_t>::min()}, {4, -1}};
    for (const auto& [id, by] : examples) {
        CAPTURE(by);
        session.execute({"UPDATE counters SET n = n + ? WHERE id = ?", by, id});
        const auto rows = session.execute({"SELECT n FROM counters WHERE id = ?", id});
        REQUIRE(rows.size() == 1);
        CHECK(rows.front()["n"].as<std::int64_t>() == by);
        CHECK(rows.front()["n"].as<Value>() == Value{by});
        CHECK(rows.metadata().columns[0].type.id == TypeId::counter);
    }
}
