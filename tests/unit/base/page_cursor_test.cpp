#include "lib/base/page_cursor.hpp"

#include <coodie/testing/rows.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;
using detail::PageCursor;

namespace {

std::vector<std::byte> state(int number)
{
    return {std::byte{1}, static_cast<std::byte>(number)};
}

Rows page_before(int number)
{
    return page(rows({"id"}, row(number)), state(number));
}

std::vector<std::byte> asked(const PageCursor& cursor)
{
    const auto* extras = cursor.statement().extras();
    return extras ? extras->paging_state : std::vector<std::byte>{};
}

}

TEST_CASE("each page says what to ask next, with the options of the first one, until one says nothing")
{
    Statement statement{"SELECT"};
    statement.options().page_size = 7;
    PageCursor cursor{statement};
    for (int number = 1; number != 4; ++number) {
        CHECK(!cursor.turn(page_before(number)));
        CHECK(cursor.has_more());
        CHECK(asked(cursor) == state(number));
        CHECK(cursor.statement().options().page_size == 7);
    }
    CHECK(!cursor.turn(rows({"id"}, row(4))));
    CHECK(!cursor.has_more());
}

TEST_CASE("a circle of pages of any length is found before it was walked three times")
{
    for (int length = 1; length <= 20; ++length) {
        CAPTURE(length);
        for (int lead = 0; lead <= 5; ++lead) {
            PageCursor cursor{Statement{"SELECT"}};
            int turns = 0;
            const auto next = [&] { return turns < lead ? turns : lead + (turns - lead) % length; };
            while (!cursor.turn(page_before(next())) && turns < 200)
                ++turns;
            CHECK(turns <= 3 * (lead + length) + 1);
            CHECK(cursor.turn(page_before(next())).code() == errc::protocol);
        }
    }
}

TEST_CASE("a walk that begins in the middle notices when the server sends it back there at once")
{
    Statement statement{"SELECT"};
    statement.paging_state(state(5));
    PageCursor cursor{statement};
    CHECK(cursor.turn(page_before(5)).code() == errc::protocol);
    CHECK(asked(cursor) == state(5));
}
