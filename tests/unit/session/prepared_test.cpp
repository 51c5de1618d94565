#include "lib/session/prepared.hpp"

#include <coodie/value.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

TEST_CASE("values that only the server has types for are refused when they are too large together")
{
    Prepared prepared;
    for (const auto* name : {"a", "b"})
        prepared.bind_columns.push_back({"ks", "t", name, DataType{TypeId::text}});
    Statement statement{"INSERT"};
    statement.bind_values({Value{std::string(10, 'a')}, Value{std::string(10, 'b')}});
    constexpr std::size_t size = 2 * (4 + 10);
    const auto error = encode_values(statement, prepared, size - 1);
    CHECK(error.code() == errc::invalid_query);
    CHECK(error.message().find("2147483647 bytes") != std::string::npos);
    CHECK(statement.values().count() == 0);
    CHECK_FALSE(encode_values(statement, prepared, size));
    CHECK(statement.values().bytes().size() == size);
}
