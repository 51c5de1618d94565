#include "documents.hpp"

#include <coodie/testing/mock_driver.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace documents;
using coodie::testing::MockDriver;
using coodie::testing::page;
using coodie::testing::row;
using coodie::testing::rows;

namespace {

User plain_ann()
{
    return {uuid(1), "Ann", "ann@example.com", 31, {"a"}, {{"maths", 3}}, {}};
}

coodie::Rows users(std::initializer_list<User> all)
{
    std::vector<coodie::testing::RowOfValues> made;
    for (const auto& user : all)
        made.push_back(row(user.id, user.age, user.email, user.name, user.note, user.scores, user.tags));
    return rows({"id", "age", "email", "name", "note", "points", "tags"}, std::span{std::as_const(made)});
}

template <class... T> std::vector<std::byte> encoded(const T&... values)
{
    ValueBuffer buffer;
    buffer.add(values...);
    return {buffer.bytes().begin(), buffer.bytes().end()};
}

std::vector<std::byte> bound(const MockDriver& driver)
{
    const auto request = driver.last_request();
    const auto bytes = request.statement().values().bytes();
    CHECK(request.statement().values().count() == request.statement().types().size());
    return {bytes.begin(), bytes.end()};
}

}

TEST_CASE("save, insert and erase bind the members in the order of the text")
{
    MockDriver driver;
    Collection<User> collection{driver};
    const auto user = plain_ann();
    collection.save(user);
    CHECK(driver.last_request().text() ==
          R"(INSERT INTO users ("id", "name", "email", "age", "tags", "points", "note") VALUES (?, ?, ?, ?, ?, ?, ?))");
    CHECK(bound(driver) == encoded(user.id, user.name, user.email, user.age, user.tags, user.scores, user.note));
    CHECK(driver.last_request().options.idempotent == true);
    CHECK(collection.insert(user).applied());
    CHECK(driver.last_request().text().ends_with(" IF NOT EXISTS"));
    CHECK(driver.last_request().options.idempotent == false);
    collection.erase(user);
    CHECK(driver.last_request().text() == R"(DELETE FROM users WHERE "id" = ?)");
    CHECK(bound(driver) == encoded(user.id));
}

TEST_CASE("an update binds its changes, then the key, and assigns the members that it assigned")
{
    MockDriver driver;
    Collection<User> collection{driver};
    auto user = plain_ann();
    collection.update(user, col<&User::age> = 32, col<&User::tags> += {"b"}, col<&User::scores>["art"] = 5,
                      col<&User::note> = "new");
    CHECK(driver.last_request().text() ==
          R"(UPDATE users SET "age" = ?, "tags" = "tags" + ?, "points"[?] = ?, "note" = ? WHERE "id" = ?)");
    CHECK(bound(driver) ==
          encoded(std::int64_t{32}, std::vector<std::string>{"b"}, std::string{"art"}, 5, std::string{"new"}, user.id));
    CHECK(driver.last_request().options.idempotent == false);
    CHECK(user.age == 32);
    CHECK(user.note == "new");
    CHECK(user.tags == plain_ann().tags);
    collection.update(user, col<&User::note> = std::nullopt);
    CHECK(bound(driver) == encoded(std::optional<std::string>{}, user.id));
    CHECK(driver.last_request().options.idempotent == true);
    CHECK(!user.note);
}

TEST_CASE("what an update leaves as it is in the table stays in the document too")
{
    MockDriver driver;
    auto user = plain_ann();
    user.note = "old";
    Collection<User>{driver}.update(user, col<&User::note> = unset, col<&User::tags> = unset);
    CHECK(bound(driver) == encoded(unset, unset, user.id));
    CHECK(user.note == "old");
    CHECK(user.tags == plain_ann().tags);
    Collection<User>{driver}.update(user, col<&User::tags> = std::nullopt);
    CHECK(user.tags.empty());
}

TEST_CASE("a refused update changes no member")
{
    MockDriver driver;
    driver.fail(errc::unavailable, "no node");
    auto user = plain_ann();
    CHECK_THROWS_AS(Collection<User>{driver}.update(user, col<&User::age> = 99), Unavailable);
    CHECK(user.age == 31);
}

TEST_CASE("counters are added to")
{
    MockDriver driver;
    Collection<Views> collection{driver};
    collection.update(Views{"home"}, col<&Views::hits> += 2);
    CHECK(driver.last_request().text() == R"(UPDATE views SET "hits" = "hits" + ? WHERE "page" = ?)");
    CHECK(bound(driver) == encoded(std::int64_t{2}, std::string{"home"}));
    CHECK(driver.last_request().options.idempotent == false);
}

TEST_CASE("get finds by key or conditions, and none or several are errors")
{
    MockDriver driver;
    Collection<User> collection{driver};
    driver.answer(users({plain_ann()}));
    CHECK(collection.get(uuid(1)) == plain_ann());
    CHECK(driver.last_request().text() == R"(SELECT * FROM users WHERE "id" = ?)");
    CHECK(bound(driver) == encoded(uuid(1)));
    CHECK_THROWS_WITH_AS(collection.get(uuid(2)), "no User with this \"id\"; find_one gives an empty optional instead",
                         DocumentNotFound);
    CHECK_THROWS_WITH_AS(collection.get(col<&User::email> == "nobody"),
                         "no User matches the conditions; find_one gives an empty optional instead", DocumentNotFound);
    CHECK_THROWS_WITH_AS(Collection<Event>{driver}.get("p", "d", 4, 5),
                         doctest::Contains("\"seq\", \"day\", \"place\", \"at\""), DocumentNotFound);
    driver.answer(users({plain_ann(), plain_ann()}));
    CHECK_THROWS_AS(collection.get(col<&User::email> == "ann@example.com"), MultipleDocumentsFound);
    CHECK(driver.last_request().text() == R"(SELECT * FROM users WHERE "email" = ? LIMIT ?)");
    CHECK(bound(driver) == encoded(std::string{"ann@example.com"}, 2));
    CHECK(!collection.find_one(col<&User::email> == "nobody"));

    driver.answer(rows({"day", "place", "at", "seq", "what", "owner"}, row("d", "p", std::int64_t{4}, 5, "w", "o")));
    CHECK(Collection<Event>{driver}.get("p", "d", 4, 5).what == "w");
    CHECK(bound(driver) == encoded(std::string{"p"}, std::string{"d"}, std::int64_t{4}, 5));
}

TEST_CASE("a query reads every page, its first row, or a count")
{
    MockDriver driver;
    Collection<User> collection{driver};
    const auto query = collection.find(col<&User::age> > 30).allow_filtering();
    auto bob = plain_ann();
    bob.name = "Bob";
    driver.answer(page(users({plain_ann()}), {std::byte{7}})).answer(users({bob}));
    const auto all = query.all();
    REQUIRE(all.size() == 2);
    CHECK(all[1].name == "Bob");
    REQUIRE(driver.requests().size() == 2);
    CHECK(driver.last_request().statement().extras()->paging_state == std::vector{std::byte{7}});

    CHECK(!query.first());
    CHECK(driver.last_request().text() == R"(SELECT * FROM users WHERE "age" > ? LIMIT ? ALLOW FILTERING)");
    CHECK(bound(driver) == encoded(std::int64_t{30}, 1));
    driver.answer(users({bob}));
    CHECK(query.first()->name == "Bob");

    driver.answer(rows({"count"}, row(std::int64_t{42})));
    CHECK(query.limit(3).count() == 42);
    CHECK(driver.last_request().text() == R"(SELECT COUNT(*) FROM users WHERE "age" > ? ALLOW FILTERING)");
    CHECK(bound(driver) == encoded(std::int64_t{30}));
}

TEST_CASE("a query goes over a part of the ring")
{
    MockDriver driver;
    Collection<Event> collection{driver};
    const auto whole = [] { return token(col<&Event::place>, col<&Event::day>); };
    CHECK(collection.find(whole() > -5, whole() <= Token{std::numeric_limits<std::int64_t>::max()}).all().empty());
    CHECK(driver.last_request().text() ==
          R"(SELECT * FROM events WHERE TOKEN("place", "day") > ? AND TOKEN("place", "day") <= ?)");
    CHECK(bound(driver) == encoded(std::int64_t{-5}, std::numeric_limits<std::int64_t>::max()));
    CHECK_THROWS_AS(static_cast<void>(whole() == std::numeric_limits<std::uint64_t>::max()), InvalidQueryError);
}

TEST_CASE("sc-56: empty pages are walked through, unless one comes again for ever")
{
    MockDriver driver;
    Collection<User> collection{driver};
    const auto empty = [](int state) {
        return page(coodie::testing::no_rows<int>({"id"}), {std::byte{static_cast<unsigned char>(state)}});
    };
    driver.answer(empty(1)).answer(empty(2)).answer(users({plain_ann()}));
    CHECK(collection.find().all().size() == 1);
    CHECK(driver.requests().size() == 3);

    driver.answer(empty(1)).answer(empty(2)).answer(empty(2)).answer(users({plain_ann()}));
    CHECK_THROWS_AS(collection.find().all(), ProtocolError);
    CHECK(driver.requests().size() == 6);
}

TEST_CASE("one row, the only one and a count are looked for behind empty pages too")
{
    MockDriver driver;
    Collection<User> collection{driver};
    const auto empty = [](int state) {
        return page(coodie::testing::no_rows<int>({"id"}), {std::byte{static_cast<unsigned char>(state)}});
    };
    const auto by_email = col<&User::email> == "ann@example.com";
    driver.answer(empty(1)).answer(users({plain_ann()}));
    CHECK(collection.find().first() == plain_ann());
    driver.answer(empty(1)).answer(users({plain_ann()}));
    CHECK(collection.query().first() == plain_ann());
    driver.answer(empty(1)).answer(users({plain_ann()}));
    CHECK(collection.get(uuid(1)) == plain_ann());
    driver.answer(empty(1)).answer(users({plain_ann()}));
    CHECK(collection.find_one(by_email) == plain_ann());
    driver.answer(page(users({plain_ann()}), {std::byte{1}})).answer(users({plain_ann()}));
    CHECK_THROWS_AS(collection.get(by_email), MultipleDocumentsFound);
    driver.answer(empty(1)).answer(rows({"count"}, row(std::int64_t{7})));
    CHECK(collection.find().count() == 7);
    driver.answer(empty(1)).answer(rows({"count"}, row(std::int64_t{8})));
    CHECK(collection.query().count() == 8);
    CHECK(driver.requests().size() == 14);

    driver.answer(page(users({plain_ann()}), {std::byte{1}}));
    CHECK(collection.find().first() == plain_ann());
    CHECK(driver.requests().size() == 15);
    CHECK_THROWS_AS((void)collection.find().count(), ProtocolError);
}

TEST_CASE("links make new queries and leave the old one as it was")
{
    MockDriver driver;
    const auto query = Collection<User>{driver}.find(col<&User::email> == "x");
    const auto limited = query.limit(3).consistency(Consistency::quorum).timeout(std::chrono::milliseconds{200});
    CHECK(query.statement().text() == R"(SELECT * FROM users WHERE "email" = ?)");
    (void)limited.page_size(10).all();
    CHECK(bound(driver) == encoded(std::string{"x"}, 3));
    CHECK(driver.last_request().options.consistency == Consistency::quorum);
    CHECK(driver.last_request().options.timeout == std::chrono::milliseconds{200});
    CHECK(driver.last_request().options.page_size == 10);
    (void)query.all();
    CHECK(bound(driver) == encoded(std::string{"x"}));
    CHECK(!driver.last_request().options.consistency);
    CHECK_THROWS_AS((void)query.limit(0), InvalidQueryError);
}

TEST_CASE("a selection reads tuples or another struct")
{
    MockDriver driver;
    Collection<User> collection{driver};
    driver.answer(rows({"id", "name"}, row(uuid(1), "Ann"), row(uuid(2), "Bob")));
    const auto pairs = collection.find().select<&User::id, &User::name>().all();
    CHECK(driver.last_request().text() == R"(SELECT "id", "name" FROM users)");
    REQUIRE(pairs.size() == 2);
    CHECK(pairs[1] == std::tuple{uuid(2), std::string{"Bob"}});
    driver.answer(rows({"name", "id"}, row("Ann", uuid(1))));
    const auto cards = collection.find().select_as<Card>().all();
    CHECK(driver.last_request().text() == R"(SELECT "name", "id" FROM users)");
    REQUIRE(cards.size() == 1);
    CHECK(cards[0].name == "Ann");
    CHECK(cards[0].id == uuid(1));
}

TEST_CASE("values are bound by the type of the column")
{
    MockDriver driver;
    Collection<User> collection{driver};
    const auto ask = [&](const auto& condition) {
        (void)collection.find(condition).allow_filtering().all();
        return bound(driver);
    };
    CHECK(ask(col<&User::age> == 3) == encoded(std::int64_t{3}));
    CHECK(ask(4 < col<&User::age>) == encoded(std::int64_t{4}));
    CHECK(ask("x" == col<&User::name>) == encoded(std::string{"x"}));
    CHECK(ask(col<&User::note> == std::string_view{"n"}) == encoded(std::string{"n"}));
    CHECK(ask(contains(col<&User::tags>, "t")) == encoded(std::string{"t"}));
    CHECK(ask(contains(col<&User::scores>, 5)) == encoded(5));
    CHECK(ask(contains_key(col<&User::scores>, "k")) == encoded(std::string{"k"}));
    CHECK(ask(in(col<&User::age>, {1, 2})) == encoded(std::vector<std::int64_t>{1, 2}));
    CHECK(ask(in(col<&User::id>, std::set{uuid(1)})) == encoded(std::vector{uuid(1)}));
    CHECK_THROWS_AS((void)(col<&Event::seq> == std::int64_t{1} << 40), InvalidQueryError);
    CHECK(ask(in(col<&User::name>, std::vector<const char*>{"a", "b"})) == encoded(std::vector<std::string>{"a", "b"}));
    CHECK(ask(in(col<&User::age>, std::set<int>{})) == encoded(std::vector<std::int64_t>{}));
    CHECK_THROWS_AS((void)in(col<&Event::seq>, std::vector<std::int64_t>{5'000'000'000}), InvalidQueryError);
    CHECK_THROWS_AS((void)(col<&Views::hits> += std::numeric_limits<std::uint64_t>::max()), InvalidQueryError);
    CHECK((col<&Views::hits> -= 3U).value.at(0).size == 8);
}

TEST_CASE("a conditional write says whether it was applied and what stands instead")
{
    MockDriver driver;
    driver.answer(rows({"[applied]", "age"}, row(false, std::int64_t{30})));
    const auto result = Collection<User>{driver}.insert(plain_ann());
    CHECK(!result.applied());
    CHECK(result.existing<&User::age>() == 30);
    CHECK_THROWS_AS((void)result.existing<&User::name>(), InvalidQueryError);
    driver.answer(rows({"[applied]"}, row(true)));
    const auto applied = Collection<User>{driver}.insert(plain_ann());
    CHECK(applied.applied());
    CHECK_THROWS_AS((void)applied.existing<&User::age>(), InvalidQueryError);
}

TEST_CASE("sync_table gives what it ran, and runs nothing when it only plans")
{
    MockDriver driver{"ks"};
    const auto planned = Collection<User>{driver}.sync_table({.dry_run = true});
    CHECK(planned.size() == 2);
    CHECK(driver.requests().empty());
    CHECK(Collection<User>{driver}.sync_table() == planned);
    CHECK(driver.texts() == planned);
    CHECK(planned[1] == "CREATE INDEX IF NOT EXISTS users_email_idx ON ks.users (\"email\")");
}

TEST_CASE("the free verbs run on the registry's default driver")
{
    const auto driver = std::make_shared<MockDriver>();
    register_driver("verbs", driver, true);
    auto user = plain_ann();
    save(user);
    update(user, col<&User::age> = 5);
    update(Views{"home"}, col<&Views::hits> += 1);
    erase(user);
    (void)find<User>().all();
    CHECK(!find_one<User>(col<&User::email> == "x"));
    CHECK_THROWS_AS((void)get<User>(uuid(9)), DocumentNotFound);
    (void)insert(user).applied();
    CHECK(sync_table<User>().size() == 2);
    CHECK(driver->requests().size() == 10);
    CHECK(user.age == 5);
    unregister_driver("verbs");
    CHECK_THROWS_AS(save(user), ConfigurationError);
}
