#include "documents.hpp"

#include <coodie/testing/rows.hpp>
#include <doctest/doctest.h>

using namespace documents;
using coodie::testing::row;
using coodie::testing::rows;

namespace {

using Strings = std::vector<std::string>;
using Scores = std::map<std::string, int>;

User ann()
{
    return {uuid(1), "Ann", "ann@example.com", 31, {"a", "b"}, {{"maths", 3}}, "note"};
}

/// Rows of one user, columns as a server sends them: key first, then by name.
coodie::Rows as_sent(const User& user)
{
    return rows({"id", "age", "email", "name", "note", "points", "tags"},
                row(user.id, user.age, user.email, user.name, user.note, user.scores, user.tags));
}

std::string refusal(const coodie::Rows& answer)
{
    try {
        const std::vector<User> users = answer.as<User>();
        return "read " + std::to_string(users.size());
    } catch (const InvalidQueryError& error) {
        return error.what();
    }
}

}

TEST_CASE("a row becomes a document whatever the order of its columns, and columns without a member are left out")
{
    const std::vector<User> users = as_sent(ann()).as<User>();
    REQUIRE(users.size() == 1);
    CHECK(users[0] == ann());

    const auto wide = rows({"extra", "note", "tags", "points", "age", "email", "name", "id"},
                           row(1, ann().note, ann().tags, ann().scores, ann().age, ann().email, ann().name, ann().id));
    for (const auto& user : wide.as<User>())
        CHECK(user == ann());
}

TEST_CASE("null is an empty optional and an empty collection, and an error for everything else")
{
    const auto absent = rows({"id", "name", "email", "age", "tags", "points", "note"},
                             row(uuid(1), "Ann", "", std::int64_t{0}, std::optional<Strings>{}, std::optional<Scores>{},
                                 std::optional<std::string>{}));
    for (const auto& user : absent.as<User>()) {
        CHECK(user.tags.empty());
        CHECK(user.scores.empty());
        CHECK(!user.note);
    }
    const auto nameless =
        rows({"id", "name", "email", "age", "tags", "points", "note"},
             row(uuid(1), std::optional<std::string>{}, "", std::int64_t{0}, Strings{}, Scores{}, "x"));
    CHECK(refusal(nameless) ==
          "column 'name' of User is null, which std::string cannot hold; make the member a std::optional");
}

TEST_CASE("columns that do not fit are named with both types and the document")
{
    const auto wrong = rows({"id", "name", "email", "age", "tags", "points", "note"},
                            row(uuid(1), "Ann", "", "31", Strings{}, Scores{}, "x"));
    CHECK(refusal(wrong) == "column 'age' of User: the server has text, std::int64_t is bigint; change the member or "
                            "the column");
    const auto missing =
        rows({"id", "name", "email", "tags", "points", "note"}, row(uuid(1), "Ann", "", Strings{}, Scores{}, "x"));
    CHECK(refusal(missing) ==
          "column 'age' of User: the result has no such column; sync the table, or take the Field out");
}

TEST_CASE("columns are checked once for a result's metadata, and again for another document")
{
    const auto answer = as_sent(ann());
    CHECK(refusal(answer) == "read 1");
    const auto plan = answer.metadata().plan;
    REQUIRE(plan);
    CHECK(refusal(answer) == "read 1");
    CHECK(answer.metadata().plan == plan);
    const std::vector<std::uint16_t> expected{0, 3, 2, 1, 6, 5, 4};
    CHECK(plan->column_of_member == expected);
}

TEST_CASE("rows that would be gone are owned by what reads them")
{
    int seen = 0;
    for (auto& user : as_sent(ann()).as<User>()) {
        CHECK(user.email == "ann@example.com");
        ++seen;
    }
    CHECK(seen == 1);
    CHECK(coodie::Rows{}.as<User>().empty());
}

TEST_CASE("a table of more columns than fit without allocating is read all the same")
{
    std::vector<ColumnSpec> columns;
    for (int i = 0; i != 40; ++i)
        columns.push_back({"ks", "t", "c" + std::to_string(i), Codec<std::int32_t>::type()});
    columns[37].name = "number";
    columns[38] = {"ks", "t", "value", Codec<double>::type()};
    auto metadata = std::make_shared<const ResultMetadata>(ResultMetadata{columns, {}});
    ValueBuffer cells;
    for (int i = 0; i != 40; ++i)
        i == 38 ? cells.add(2.5) : cells.add(i);
    for (int i = 0; i != 40; ++i)
        i == 38 ? cells.add(3.5) : cells.add(i + 1);
    const auto wide = coodie::Rows::copy_of(metadata, cells.bytes(), 2);
    std::vector<Sensor> sensors = wide.as<Sensor>();
    REQUIRE(sensors.size() == 2);
    CHECK(sensors[0].number == 37);
    CHECK(sensors[0].value == 2.5);
    CHECK(sensors[1].number == 38);
    CHECK(sensors[1].value == 3.5);
}
