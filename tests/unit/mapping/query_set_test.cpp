#include "documents.hpp"

#include <algorithm>
#include <coodie/testing/mock_driver.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace documents;
using coodie::testing::MockDriver;

namespace {

/// Both would send the same: text, values and options.
template <class Loose, class Typed> void check_same(const Loose& loose, const Typed& typed)
{
    const auto a = loose.statement();
    const auto b = typed.statement();
    CHECK(a.text() == b.text());
    CHECK(std::ranges::equal(a.values().bytes(), b.values().bytes()));
    CHECK(a.values().count() == b.values().count());
    REQUIRE(a.types().size() == b.types().size());
    for (std::size_t i = 0; i != a.types().size(); ++i)
        CHECK(a.types()[i]() == b.types()[i]());
    CHECK(a.kind() == b.kind());
    CHECK(a.options().idempotent == b.options().idempotent);
}

template <class Function> std::string refusal(const Function& function)
{
    try {
        function();
        return "fine";
    } catch (const InvalidQueryError& error) {
        return error.what();
    }
}

}

TEST_CASE("a query composed at run time sends what the typed one sends")
{
    MockDriver driver;
    Collection<User> users{driver};
    const auto loose = users.query();
    check_same(loose, users.find());
    check_same(loose.filter("email", Op::eq, "x"), users.find(col<&User::email> == "x"));
    check_same(loose.filter("email", Op::eq, std::string{"x"}).limit(10),
               users.find(col<&User::email> == "x").limit(10));
    check_same(loose.filter("age", Op::gt, 30).filter("age", Op::le, 65).allow_filtering(),
               users.find(col<&User::age> > 30, col<&User::age> <= 65).allow_filtering());
    const std::vector<Uuid> ids{uuid(1), uuid(2)};
    check_same(loose.filter("id", Op::in, ids), users.find(in(col<&User::id>, ids)));
    check_same(loose.filter("age", Op::in, {1, 2}).allow_filtering(),
               users.find(in(col<&User::age>, {1, 2})).allow_filtering());
    check_same(loose.filter("tags", Op::contains, "t").allow_filtering(),
               users.find(contains(col<&User::tags>, "t")).allow_filtering());
    check_same(loose.filter("scores", Op::contains_key, "k").allow_filtering(),
               users.find(contains_key(col<&User::scores>, "k")).allow_filtering());
    check_same(loose.filter("points", Op::contains, 3).allow_filtering(),
               users.find(contains(col<&User::scores>, 3)).allow_filtering());
    Collection<documents::Order> orders{driver};
    const std::set<std::int32_t> items{1, 2};
    check_same(orders.query().filter("items", Op::eq, items).allow_filtering(),
               orders.find(col<&documents::Order::items> == items).allow_filtering());

    Collection<Event> events{driver};
    check_same(events.query()
                   .filter("place", Op::eq, "p")
                   .filter("day", Op::eq, "d")
                   .filter("at", Op::ge, 4)
                   .order_by("at", descending)
                   .order_by("seq")
                   .per_partition_limit(2)
                   .limit(3),
               events.find(col<&Event::place> == "p", col<&Event::day> == "d", col<&Event::at> >= 4)
                   .order_by(desc<&Event::at>, asc<&Event::seq>)
                   .per_partition_limit(2)
                   .limit(3));
}

TEST_CASE("links of a query composed at run time leave the old one as it was")
{
    MockDriver driver;
    const auto all = Collection<User>{driver}.query();
    const auto some = all.filter("email", Op::eq, "x");
    CHECK(all.statement().text() == "SELECT * FROM users");
    CHECK(some.statement().text() == R"(SELECT * FROM users WHERE "email" = ?)");
    (void)some.consistency(Consistency::one).timeout(std::chrono::seconds{1}).page_size(7).all();
    CHECK(driver.last_request().options.consistency == Consistency::one);
    CHECK(driver.last_request().options.page_size == 7);
    CHECK(!some.first());
    CHECK(driver.last_request().text() == R"(SELECT * FROM users WHERE "email" = ? LIMIT ?)");
    driver.answer(coodie::testing::rows({"count"}, coodie::testing::row(std::int64_t{3})));
    CHECK(some.limit(2).count() == 3);
    CHECK(driver.last_request().text() == R"(SELECT COUNT(*) FROM users WHERE "email" = ?)");
}

TEST_CASE("what cannot be asked is refused with a sentence before anything is sent")
{
    MockDriver driver;
    const auto q = Collection<User>{driver}.query();
    CHECK(refusal([&] { (void)q.filter("emial", Op::eq, "x"); }) ==
          "User has no column 'emial'; the nearest is 'email'");
    CHECK(refusal([&] { (void)q.order_by("nam"); }) == "User has no column 'nam'; the nearest is 'name'");
    CHECK(refusal([&] { (void)q.filter("age", Op::eq, "31"); }) ==
          "column 'age' of User takes bigint here, the value is std::string (text); give a value that fits");
    CHECK(refusal([&] { (void)q.filter("age", Op::eq, 3.5); }) ==
          "column 'age' of User takes bigint here, the value is double; give a value that fits");
    CHECK(refusal([&] { (void)q.filter("email", Op::eq, uuid(1)); }).find("(uuid)") != std::string::npos);
    CHECK(refusal([&] { (void)q.filter("scores", Op::contains, std::int64_t{1} << 40); }).find("takes int") !=
          std::string::npos);
    CHECK(refusal([&] { (void)q.filter("name", Op::contains, "x"); }) ==
          cql::sentence(cql::Rule::contains_without_collection));
    CHECK(refusal([&] { (void)q.filter("tags", Op::eq, std::vector<std::string>{"a"}); }) ==
          cql::sentence(cql::Rule::collection_condition));
    CHECK(refusal([&] { (void)q.filter("name", Op::is_null, "x"); }) == cql::sentence(cql::Rule::null_condition));
    CHECK(refusal([&] { (void)q.filter("name", Op::ne, "x"); }) == cql::sentence(cql::Rule::not_equal_condition));
    CHECK(refusal([&] { (void)q.filter("age", Op::gt, 1).all(); }) == cql::sentence(cql::Rule::needs_filtering));
    CHECK(refusal([&] { (void)q.filter("age", Op::gt, 1).count(); }) == cql::sentence(cql::Rule::needs_filtering));
    CHECK(refusal([&] { (void)q.order_by("name").first(); }) == cql::sentence(cql::Rule::order_without_partition));
    CHECK(refusal([&] { (void)q.limit(0); }).starts_with("a limit is at least 1"));
    auto many = q.allow_filtering();
    CHECK(refusal([&] {
              for (int i = 0; i != 17; ++i)
                  many = many.filter("tags", Op::contains, "t");
          }) == cql::sentence(cql::Rule::too_many_parts));
    CHECK(driver.requests().empty());
}

TEST_CASE("a number that the column would round is refused")
{
    MockDriver driver;
    const auto places = Collection<Sensor>{driver}.query().allow_filtering();
    const auto takes = [&](const auto& value) {
        return refusal([&] { (void)places.filter("value", Op::eq, value); }) == "fine";
    };
    CHECK(takes(std::int64_t{1} << 53));
    CHECK(!takes((std::int64_t{1} << 53) + 1));
    CHECK(!takes(std::numeric_limits<std::int64_t>::max()));
    CHECK(takes(std::numeric_limits<std::int64_t>::min()));
    CHECK(takes(1e300));

    const auto gauges = Collection<Gauge>{driver}.query().allow_filtering();
    const auto takes_float = [&](const auto& value) {
        return refusal([&] { (void)gauges.filter("level", Op::eq, value); }) == "fine";
    };
    CHECK(takes_float(1 << 24));
    CHECK(!takes_float((1 << 24) + 1));
    CHECK(takes_float(0.1));
    CHECK(!takes_float(1e300));
    CHECK(takes_float(std::numeric_limits<double>::infinity()));
}
