#include "bytes.hpp"

#include <coodie/exceptions.hpp>
#include <coodie/statement.hpp>
#include <coodie/value.hpp>
#include <doctest/doctest.h>

using namespace coodie;

namespace {

std::vector<std::string> names(const Statement& statement)
{
    std::vector<std::string> all;
    for (const auto type : statement.types())
        all.push_back(type ? type().to_string() : "any");
    return all;
}

}

TEST_CASE("bound values are encoded at once, with the types that C++ decides")
{
    const Statement statement{"INSERT", 1, "a", std::optional<bool>{}, unset, std::int64_t{2}};
    CHECK(statement.text() == "INSERT");
    CHECK(statement.values().count() == 5);
    CHECK(to_hex(statement.values().bytes()) == "0000000400000001"
                                                "0000000161"
                                                "ffffffff"
                                                "fffffffe"
                                                "000000080000000000000002");
    CHECK(names(statement) == std::vector<std::string>{"int", "text", "boolean", "any", "bigint"});
}

TEST_CASE("binding again adds values and types")
{
    Statement statement{"x", 1};
    statement.bind(true).bind("a");
    CHECK(statement.values().count() == 3);
    CHECK(names(statement) == std::vector<std::string>{"int", "boolean", "text"});
    const auto copy = statement;
    statement.bind(2.5);
    CHECK(names(copy).size() == 3);
    CHECK(names(statement).size() == 4);
}

TEST_CASE("encoded values come with their types")
{
    static constexpr TypeOf types[] = {&Codec<std::int32_t>::type};
    Statement statement{"x"};
    statement.bind_encoded(test::bytes("0000000400000001"), types);
    CHECK(statement.values().count() == 1);
    CHECK(names(statement) == std::vector<std::string>{"int"});
}

TEST_CASE("dynamic values replace all others")
{
    Statement statement{"x", 1};
    statement.bind_values({1, "a"});
    CHECK(statement.values().count() == 0);
    CHECK(statement.types().empty());
    REQUIRE(statement.extras());
    CHECK(statement.extras()->has_values);
    CHECK(statement.extras()->values.size() == 2);
}

TEST_CASE("what few statements have is shared by copies until one changes")
{
    Statement statement{"x"};
    CHECK(statement.extras() == nullptr);
    statement.profile("slow").paging_state(blob("p")).routing_key(blob("k")).custom_payload({{"a", std::nullopt}});
    auto copy = statement;
    CHECK(copy.extras() == statement.extras());
    copy.profile("fast");
    CHECK(statement.extras()->profile == "slow");
    CHECK(copy.extras()->profile == "fast");
    CHECK(copy.extras()->paging_state == blob("p"));
    CHECK(copy.extras()->routing_key == blob("k"));
    CHECK(copy.extras()->custom_payload.contains("a"));
}

TEST_CASE("values beyond the inline room move to the heap and stay as they are")
{
    ValueBuffer buffer;
    std::string expected;
    for (int n = 0; n < 200; ++n) {
        buffer.add(std::string(3, static_cast<char>('a' + n % 26)));
        expected += "00000003" + to_hex(blob(std::string(3, static_cast<char>('a' + n % 26))));
    }
    CHECK(to_hex(buffer.bytes()) == expected);
    CHECK(buffer.count() == 200);
    CHECK(buffer.at(27).size == 3);
    const auto copy = buffer;
    const auto moved = std::move(buffer);
    CHECK(to_hex(moved.bytes()) == expected);
    CHECK(to_hex(copy.bytes()) == expected);
    CHECK(copy.at(199).bytes()[0] == static_cast<std::byte>('a' + 199 % 26));
}

TEST_CASE("null and unset are told apart in a buffer")
{
    ValueBuffer buffer;
    buffer.add(std::optional<int>{}, unset, std::string{});
    CHECK(buffer.at(0).size == -1);
    CHECK(buffer.at(1).size == -2);
    CHECK(buffer.at(2).size == 0);
}

TEST_CASE("sc-29: more than 65 535 values are refused and nothing is added")
{
    ValueBuffer buffer;
    for (int n = 0; n < 65'535; ++n)
        buffer.add(unset);
    const auto size = buffer.bytes().size();
    CHECK_THROWS_AS(buffer.add(unset), InvalidQueryError);
    CHECK(buffer.bytes().size() == size);
    CHECK(buffer.count() == 65'535);
}

TEST_CASE("more than 2^31-1 bytes are refused before they are copied")
{
    ValueBuffer buffer;
    buffer.add(1);
    // A view whose size alone counts: touching what it claims would crash. Volatile, or the compiler warns of that.
    const volatile std::size_t size = std::size_t{1} << 31U;
    const std::span<const std::byte> huge{static_cast<const std::byte*>(nullptr), size};
    CHECK_THROWS_AS(buffer.add(huge), InvalidQueryError);
    CHECK_THROWS_AS(buffer.append(huge, 1), InvalidQueryError);
    CHECK(buffer.count() == 1);
    CHECK(to_hex(buffer.bytes()) == "0000000400000001");
}
