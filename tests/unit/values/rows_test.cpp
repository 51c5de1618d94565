#include "bytes.hpp"

#include <coodie/exceptions.hpp>
#include <coodie/rows.hpp>
#include <coodie/value.hpp>
#include <doctest/doctest.h>

using namespace coodie;

namespace {

std::shared_ptr<const ResultMetadata> two_columns()
{
    auto metadata = std::make_shared<ResultMetadata>();
    metadata->columns = {{"ks", "users", "id", {.id = TypeId::int_}}, {"ks", "users", "name", {.id = TypeId::text}}};
    return metadata;
}

Rows two_rows()
{
    return Rows::copy_of(two_columns(), test::bytes("00000004 00000001 00000001 61 00000004 00000002 ffffffff"), 2);
}

std::string message_of(auto&& call)
{
    try {
        call();
    } catch (const InvalidQueryError& error) {
        return error.what();
    }
    return "nothing was thrown";
}

}

TEST_CASE("cpp-25: rows are walked in order and their cells read by name and by position")
{
    const auto rows = two_rows();
    CHECK(rows.size() == 2);
    std::vector<std::int32_t> ids;
    for (const auto& row : rows)
        ids.push_back(row["id"].as<std::int32_t>());
    CHECK(ids == std::vector<std::int32_t>{1, 2});
    CHECK(rows.front()["name"].as<std::string>() == "a");
    CHECK(rows[0][1].as<std::string_view>() == "a");
    CHECK(rows[1]["name"].as<std::optional<std::string>>() == std::nullopt);
    CHECK(rows[1]["name"].is_null());
    CHECK(rows[0]["id"].as<Value>() == Value{1});
    CHECK(rows[1]["name"].as<Value>().is_null());
}

TEST_CASE("cpp-30: a column is found by its exact name, of several of one name the first")
{
    auto metadata = std::make_shared<ResultMetadata>();
    for (const auto* name : {"a", "A", "a", "\"a\"", ""})
        metadata->columns.push_back({"ks", "t", name, {.id = TypeId::int_}});
    const auto rows = Rows::copy_of(
        metadata,
        test::bytes("00000004 00000001 00000004 00000002 00000004 00000003 00000004 00000004 00000004 00000005"), 1);
    CHECK(rows[0]["a"].as<int>() == 1);
    CHECK(rows[0]["A"].as<int>() == 2);
    CHECK(rows[0]["\"a\""].as<int>() == 4);
    CHECK(rows[0][""].as<int>() == 5);
    CHECK_THROWS_AS(static_cast<void>(rows[0]["B"]), InvalidQueryError);
}

TEST_CASE("rows tell the names and types of their columns in order")
{
    CHECK(two_rows().column_names() == std::vector<std::string>{"id", "name"});
    CHECK(two_rows().column_types() == std::vector<DataType>{{.id = TypeId::int_}, {.id = TypeId::text}});
    CHECK(Rows{}.column_names().empty());
    CHECK(Rows{}.column_types().empty());
}

TEST_CASE("detached rows are the same rows, and let go of the bytes that they came in")
{
    struct Block : SharedBytes::Owner
    {
        int shares = 1;
    } block;
    block.release = [](SharedBytes::Owner* owner) noexcept { --static_cast<Block*>(owner)->shares; };
    const auto content = test::bytes("00000004 00000007 00000001 61");
    auto extras = std::make_unique<ResponseExtras>();
    extras->warnings = {"careful"};
    Rows attached{SharedBytes{&block}, two_columns(), content, 1, std::move(extras)};
    {
        const auto rows = std::move(attached).detached();
        CHECK(block.shares == 0);
        CHECK(rows.content().data() != content.data());
        REQUIRE(rows.size() == 1);
        CHECK(rows.front()["id"].as<std::int32_t>() == 7);
        CHECK(rows.front()["name"].as<std::string>() == "a");
        CHECK(rows.extras()->warnings == std::vector<std::string>{"careful"});
    }
    CHECK(block.shares == 0);
    CHECK(Rows{}.detached().empty());
}

TEST_CASE("what cannot be read says which column, what it is and what to do")
{
    const auto rows = two_rows();
    CHECK(message_of([&] { static_cast<void>(rows[0]["id"].as<std::int64_t>()); }) ==
          "column 'id' of ks.users: the server's type is int, the C++ type reads bigint; read it as a type for int");
    CHECK(message_of([&] { static_cast<void>(rows[1]["name"].as<std::string>()); }) ==
          "column 'name' of ks.users: null where a value of type text is read; read it as std::optional");
    CHECK(message_of([&] { static_cast<void>(rows[0]["nme"]); }) ==
          "the rows have no column 'nme'; they have id, name");
    CHECK(message_of([&] { static_cast<void>(rows[0][2]); }) ==
          "a row of 2 columns has no column 2; they are counted from 0");
    CHECK(message_of([&] { static_cast<void>(rows[2]); }) == "a page of 2 rows has no row 2; they are counted from 0");
    const auto broken = Rows::copy_of(two_columns(), test::bytes("00000003 000001 00000001 ff"), 1);
    CHECK(message_of([&] { static_cast<void>(broken[0]["id"].as<std::int32_t>()); }) ==
          "column 'id' of ks.users: 3 bytes that are no int; cell() has them as they came");
    CHECK(message_of([&] { static_cast<void>(broken[0]["name"].as<std::string>()); }) ==
          "column 'name' of ks.users: 1 bytes that are no text; cell() has them as they came");
    CHECK_THROWS_AS(static_cast<void>(broken[0]["name"].as<Value>()), InvalidQueryError);
    CHECK(broken[0]["name"].cell().bytes()[0] == std::byte{0xFF});
}

TEST_CASE("content that is not so many rows is refused")
{
    const auto whole = test::bytes("00000004 00000001 00000001 61");
    test::for_each_prefix(whole, [](std::span<const std::byte> prefix) {
        CHECK_THROWS_AS(static_cast<void>(Rows::copy_of(two_columns(), prefix, 1)), ProtocolError);
    });
    for (const std::size_t rows : {std::size_t{0}, std::size_t{2}, ~std::size_t{0}})
        CHECK_THROWS_AS(static_cast<void>(Rows::copy_of(two_columns(), whole, rows)), ProtocolError);
    CHECK_THROWS_AS(static_cast<void>(Rows::copy_of(nullptr, whole, 1)), ProtocolError);
    CHECK_THROWS_AS(static_cast<void>(Rows::copy_of(nullptr, {}, 1)), ProtocolError);
    CHECK_THROWS_AS(static_cast<void>(Rows::copy_of(two_columns(), test::bytes("7fffffff ffffffff"), 1)),
                    ProtocolError);
}

TEST_CASE("any negative length is null")
{
    const auto rows = Rows::copy_of(two_columns(), test::bytes("80000000 fffffffe"), 1);
    CHECK(rows[0]["id"].is_null());
    CHECK(rows[0]["name"].cell().bytes().empty());
}

TEST_CASE("the empty answer has no rows, no columns and no pages")
{
    const Rows none;
    CHECK(none.empty());
    CHECK(none.begin() == none.end());
    CHECK(none.metadata().columns.empty());
    CHECK_FALSE(none.has_more_pages());
    CHECK(none.paging_state().empty());
    auto extras = std::make_unique<ResponseExtras>();
    extras->paging_state = blob("p");
    CHECK(Rows::copy_of(nullptr, {}, 0, std::move(extras)).has_more_pages());
}
