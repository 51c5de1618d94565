#include "lib/session/shared_statements.hpp"

#include <doctest/doctest.h>

using namespace coodie::detail;

namespace {

std::shared_ptr<const Prepared> prepared(std::string text)
{
    auto made = std::make_shared<Prepared>();
    made->text = std::move(text);
    return made;
}

SharedStatements::Key key(std::string text, std::string keyspace = "ks")
{
    return {std::move(keyspace), std::move(text)};
}

void prepare(SharedStatements& statements, const std::string& text, const std::string& keyspace = "ks")
{
    (void)statements.find_or_begin(key(text, keyspace), [] {});
    statements.end(key(text, keyspace), prepared(text));
}

bool is_known(SharedStatements& statements, const std::string& text)
{
    const auto found = statements.find_or_begin(key(text), [] {});
    if (!found.prepared)
        statements.end(key(text), nullptr);
    return found.prepared != nullptr;
}

}

TEST_CASE("the first who asks for a statement prepares it, the others are told when that is done")
{
    SharedStatements statements{10};
    int told = 0;
    const auto first = statements.find_or_begin(key("A"), [&] { ++told; });
    CHECK_FALSE(first.prepared);
    CHECK_FALSE(first.is_pending);
    for (int n = 0; n < 2; ++n)
        CHECK(statements.find_or_begin(key("A"), [&] { ++told; }).is_pending);
    CHECK(told == 0);
    const auto a = prepared("A");
    statements.end(key("A"), a);
    CHECK(told == 2);
    CHECK(statements.find_or_begin(key("A"), [&] { ++told; }).prepared == a);
    CHECK(told == 2);
}

TEST_CASE("who waited for a statement that could not be prepared may prepare it")
{
    SharedStatements statements{10};
    (void)statements.find_or_begin(key("A"), [] {});
    bool begins = false;
    (void)statements.find_or_begin(key("A"), [&] {
        const auto again = statements.find_or_begin(key("A"), [] {});
        begins = !again.prepared && !again.is_pending;
    });
    statements.end(key("A"), nullptr);
    CHECK(begins);
}

TEST_CASE("a text is another statement in another keyspace")
{
    SharedStatements statements{10};
    prepare(statements, "A");
    prepare(statements, "B");
    prepare(statements, "A", "other");
    (void)statements.find_or_begin(key("pending"), [] {});
    const auto known = statements.all("ks");
    REQUIRE(known.size() == 2);
    CHECK(known[0]->text == "B"); // the newest first
    CHECK(known[1]->text == "A");
    CHECK(statements.all("other").size() == 1);
    CHECK(statements.all("").empty());
}

TEST_CASE("above the capacity the statement goes that was asked for longest ago, and before it one that no loop keeps")
{
    SharedStatements statements{2};
    prepare(statements, "A");
    prepare(statements, "B");
    CHECK(is_known(statements, "A"));
    prepare(statements, "C");
    CHECK(statements.all("ks").size() == 2);
    CHECK(is_known(statements, "A"));
    CHECK_FALSE(is_known(statements, "B"));
    const auto kept = statements.find_or_begin(key("A"), [] {}).prepared;
    CHECK(is_known(statements, "C"));
    prepare(statements, "D");
    CHECK(is_known(statements, "A"));
    CHECK_FALSE(is_known(statements, "C"));
}

TEST_CASE("what is being prepared is never forgotten, and not replaced")
{
    SharedStatements statements{1};
    (void)statements.find_or_begin(key("A"), [] {});
    prepare(statements, "B");
    prepare(statements, "C");
    CHECK(statements.find_or_begin(key("A"), [] {}).is_pending);
    CHECK_FALSE(statements.replace(key("A"), prepared("A")));
    statements.forget(key("A"));
    CHECK(statements.find_or_begin(key("A"), [] {}).is_pending);
}

TEST_CASE("a statement that was prepared again is the one that is known, and one that changed is none")
{
    SharedStatements statements{10};
    prepare(statements, "A");
    const auto again = prepared("A");
    CHECK(statements.replace(key("A"), again)->text == "A");
    CHECK(statements.find_or_begin(key("A"), [] {}).prepared == again);
    CHECK_FALSE(statements.replace(key("unknown"), again));
    CHECK(statements.all("ks").size() == 1);
    statements.forget(key("A"));
    CHECK_FALSE(is_known(statements, "A"));
}
