#include "documents.hpp"

#include <doctest/doctest.h>

using namespace documents;
using coodie::detail::class_name;
using coodie::detail::column_number;
using coodie::detail::member_name;
using coodie::detail::table;
using coodie::detail::type_name;

// What the compiler calls things is known while compiling.
static_assert(member_name<&User::email>() == "email");
static_assert(member_name<&Sensor::value>() == "value");
static_assert(class_name<User>() == "User");
static_assert(class_name<std::vector<User>>().starts_with("vector<"));
static_assert(type_name<std::int64_t>() == "std::int64_t");
static_assert(type_name<std::int16_t>() == "std::int16_t");
static_assert(type_name<std::string>() == "std::string");
static_assert(type_name<double>() == "double");

static_assert(table<User>.name == "users");
static_assert(table<User>.keyspace.empty());
static_assert(table<User>.document == "User");
static_assert(table<User>.columns.size() == 7);
static_assert(table<User>.columns[0].name == "id");
static_assert(table<User>.columns[0].kind == ColumnKind::partition_key);
static_assert(table<User>.columns[2].indexed);
static_assert(table<User>.columns[4].container == Container::list);
static_assert(table<User>.columns[5].name == "points");
static_assert(table<User>.columns[5].member == "scores");
static_assert(table<User>.columns[5].container == Container::map);

static_assert(table<Event>.key(ColumnKind::partition_key, 0) == 2, "place has index 0");
static_assert(table<Event>.key(ColumnKind::partition_key, 1) == 1);
static_assert(table<Event>.key(ColumnKind::clustering, 0) == 3);
static_assert(table<Event>.key(ColumnKind::clustering, 1) == 0);
static_assert(table<Event>.columns[3].order == descending);

static_assert(table<Sensor>.name == "sensors", "a Schema beside the type");
static_assert(table<documents::Order>.keyspace == "my-shop");
static_assert(table<documents::Order>.columns.size() == 3);
static_assert(table<documents::Order>.options.size() == 2);

static_assert(column_number<User, &User::scores>() == 5, "by the member, not by the column's name");
static_assert(column_number<User, &Event::day>() == cql::unknown_column, "another class's member");

TEST_CASE("a column's type is what its C++ type decides")
{
    CHECK(table<User>.columns[0].type() == Codec<Uuid>::type());
    CHECK(table<User>.columns[3].type().id == TypeId::bigint);
    CHECK(table<User>.columns[6].type().id == TypeId::text);
    CHECK(table<documents::Order>.columns[2].type().dimension == 3);
}

TEST_CASE("a document's table is made with its indexes")
{
    const auto statements = cql::sync_statements(table<User>, "ks");
    REQUIRE(statements.size() == 2);
    CHECK(statements[0] == "CREATE TABLE IF NOT EXISTS ks.users (\"id\" uuid, \"name\" text, \"email\" text, "
                           "\"age\" bigint, \"tags\" list<text>, \"points\" map<text, int>, \"note\" text, "
                           "PRIMARY KEY (\"id\"))");
    CHECK(statements[1] == "CREATE INDEX IF NOT EXISTS users_email_idx ON ks.users (\"email\")");
}

TEST_CASE("a table's keys stand in the order of their indexes, with static columns and directions")
{
    CHECK(cql::create_table(table<Event>, "ks") ==
          "CREATE TABLE IF NOT EXISTS ks.events (\"seq\" int, \"day\" text, \"place\" text, \"at\" bigint, "
          "\"what\" text, \"owner\" text STATIC, PRIMARY KEY ((\"place\", \"day\"), \"at\", \"seq\")) "
          "WITH CLUSTERING ORDER BY (\"at\" DESC, \"seq\" ASC)");
}

TEST_CASE("names that CQL cannot read, frozen types, options and vector indexes are written so that it can")
{
    const auto statements = cql::sync_statements(table<documents::Order>);
    REQUIRE(statements.size() == 2);
    CHECK(statements[0] == "CREATE TABLE IF NOT EXISTS \"my-shop\".\"order\" (\"id\" int, \"items\" frozen<set<int>>, "
                           "\"place\" vector<float, 3>, PRIMARY KEY (\"id\")) WITH default_time_to_live = 3600 "
                           "AND comment = 'it''s'");
    CHECK(statements[1] == "CREATE CUSTOM INDEX IF NOT EXISTS order_place_idx ON \"my-shop\".\"order\" (\"place\") "
                           "USING 'vector_index' WITH OPTIONS = {'similarity_function': 'EUCLIDEAN'}");
}

TEST_CASE("the table of a counter has a counter")
{
    CHECK(cql::create_table(table<Views>) ==
          "CREATE TABLE IF NOT EXISTS views (\"page\" text, \"hits\" counter, PRIMARY KEY (\"page\"))");
}
