#include "bytes.hpp"

#include <coodie/time_uuid.hpp>
#include <doctest/doctest.h>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace coodie;

TEST_CASE("a UUID is read in its one form, in either case, and printed in lower case")
{
    const auto uuid = Uuid::parse("123E4567-e89b-12d3-a456-42661417400F");
    REQUIRE(uuid);
    CHECK(to_hex(uuid->bytes) == "123e4567e89b12d3a45642661417400f");
    CHECK(uuid->to_string() == "123e4567-e89b-12d3-a456-42661417400f");
    CHECK(uuid->version() == 1);
    for (const char* text : {"", "123e4567-e89b-12d3-a456-42661417400", "123e4567-e89b-12d3-a456-42661417400f0",
                             "123e4567e89b12d3a45642661417400f", "{23e4567-e89b-12d3-a456-42661417400f}",
                             "123e4567-e89b-12d3-a456-42661417400g", "123e4567-e89b-12d3-a4564-2661417400f",
                             "123e4567-e89b-12d3-a456-42661417 00f", "-23e4567-e89b-12d3-a456-42661417400f"})
    {
        CAPTURE(std::string{text});
        CHECK_FALSE(Uuid::parse(text));
    }
}

TEST_CASE("random UUIDs are of version 4 and differ")
{
    std::set<Uuid> seen;
    for (int n = 0; n < 1000; ++n) {
        const auto uuid = Uuid::random();
        CHECK(uuid.version() == 4);
        CHECK((uuid.bytes[8] & std::byte{0xC0}) == std::byte{0x80});
        seen.insert(uuid);
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("a forked child makes other random UUIDs than its parent")
{
    Uuid::random();
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const auto child = fork();
    if (child == 0) {
        const auto made = Uuid::random();
        const auto time_made = TimeUuid::now();
        const bool written =
            write(ends[1], made.bytes.data(), 16) == 16 && write(ends[1], time_made.bytes.data(), 16) == 16;
        _exit(written ? 0 : 1);
    }
    const auto mine = Uuid::random();
    const auto my_time = TimeUuid::now();
    Uuid theirs;
    TimeUuid their_time;
    REQUIRE(read(ends[0], theirs.bytes.data(), 16) == 16);
    REQUIRE(read(ends[0], their_time.bytes.data(), 16) == 16);
    waitpid(child, nullptr, 0);
    close(ends[0]);
    close(ends[1]);
    CHECK(mine != theirs);
    CHECK_FALSE(std::equal(my_time.bytes.begin() + 8, my_time.bytes.end(), their_time.bytes.begin() + 8));
}

TEST_CASE("time UUIDs of the present are of version 1, in order, and tell the time")
{
    auto last = TimeUuid::now();
    const auto now = current_timestamp();
    CHECK(last.time() <= now);
    CHECK(now - last.time() < std::chrono::seconds{5});
    const Uuid uuid = last;
    CHECK(uuid.version() == 1);
    CHECK((last.bytes[10] & std::byte{1}) == std::byte{1});
    for (int n = 0; n < 1000; ++n) {
        const auto next = TimeUuid::now();
        CHECK(next > last);
        last = next;
    }
}

TEST_CASE("a time UUID holds its time, and the bounds of a millisecond hold every UUID in it")
{
    const auto uuid = TimeUuid::parse("58046580-2938-11e7-b063-1332a5f033c2").value();
    CHECK(uuid.ticks() == 0x1e7293858046580U);
    CHECK(to_string(uuid.time()) == "2017-04-24T21:52:42.968Z");
    CHECK(TimeUuid::of(uuid.ticks(), 0xb0631332a5f033c2U) == uuid);
    const auto first = TimeUuid::min_at(uuid.time());
    const auto last = TimeUuid::max_at(uuid.time());
    CHECK(first.time() == uuid.time());
    CHECK(last.time() == uuid.time());
    CHECK(first <= uuid);
    CHECK(uuid <= last);
    CHECK(last.ticks() - first.ticks() == 9'999);
    CHECK(last < TimeUuid::min_at(uuid.time() + std::chrono::milliseconds{1}));
    CHECK(first.to_string().substr(19) == "8080-808080808080");
    CHECK(last.to_string().substr(19) == "7f7f-7f7f7f7f7f7f");
}

TEST_CASE("time UUIDs are ordered by time, then by their last bytes as signed numbers")
{
    struct
    {
        const char* less;
        const char* greater;
    } constexpr pairs[] = {
        {"ffffffff-0000-1000-8000-000000000000", "00000000-0001-1000-8000-000000000000"},
        {"00000000-ffff-1000-8000-000000000000", "00000000-0000-1001-8000-000000000000"},
        {"00000000-0000-1000-8000-000000000000", "00000000-0000-1000-0000-000000000000"},
        {"00000000-0000-1000-b000-0000000000ff", "00000000-0000-1000-b000-000000000000"},
        {"00000000-0000-1000-b000-000000000000", "00000000-0000-1000-b000-00000000007f"},
    };
    for (const auto& pair : pairs) {
        CAPTURE(std::string{pair.less});
        CHECK(TimeUuid::parse(pair.less).value() < TimeUuid::parse(pair.greater).value());
    }
    CHECK_FALSE(TimeUuid::parse("123e4567-e89b-42d3-a456-42661417400f"));
}
