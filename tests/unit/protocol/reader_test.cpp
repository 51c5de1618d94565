#include "../wire.hpp"
#include <doctest/doctest.h>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

using namespace coodie;
using namespace coodie::protocol;

TEST_CASE("every notation is read as the specification lays it out")
{
    const auto body = wire()
                          .byte(0xFE)
                          .short_(0xFEDC)
                          .int_(-2)
                          .long_(-3)
                          .string("text")
                          .long_string("long text")
                          .short_bytes("id")
                          .bytes("bytes")
                          .null()
                          .inet4(127, 0, 0, 1, 9042)
                          .short_(0x000A);
    Reader in{body.bytes()};
    CHECK(in.read_byte() == 0xFE);
    CHECK(in.read_short() == 0xFEDC);
    CHECK(in.read_int() == -2);
    CHECK(in.read_long() == -3);
    CHECK(in.read_string() == "text");
    CHECK(in.read_long_string() == "long text");
    CHECK(in.read_short_bytes().size() == 2);
    CHECK(in.read_bytes().size == 5);
    CHECK(in.read_bytes().is_null());
    const auto inet = in.read_inet();
    CHECK(inet.size == 4);
    CHECK(inet.bytes[0] == std::byte{127});
    CHECK(inet.port == 9042);
    CHECK(in.read_consistency() == Consistency::local_one);
    CHECK(in.remaining() == 0);
    CHECK(!in.finish());
}

TEST_CASE("the first failure is kept, and everything after it is zero")
{
    const auto body = wire().short_(5).raw("abc");
    Reader in{body.bytes()};
    CHECK(in.read_string().empty());
    CHECK(in.failed());
    CHECK(in.read_int() == 0);
    CHECK(in.read_uuid() == Uuid{});
    CHECK(in.read_string_list().empty());
    CHECK(in.read_count(1) == 0);
    in.fail("something else", 7);
    CHECK(in.finish("ERROR").message() == "malformed ERROR: ends before its time at byte 2 of 5");
    CHECK(in.finish().code() == errc::protocol);
}

TEST_CASE("a count is never more than the body can hold")
{
    struct Example
    {
        std::int64_t count;
        std::size_t minimum;
        bool fits;
    };
    for (const auto& example : {Example{0, 4, true}, Example{2, 4, true}, Example{3, 4, false}, Example{-1, 4, false},
                                Example{2'147'483'647, 1, false}, Example{8, 1, true}, Example{9, 1, false}})
    {
        CAPTURE(example.count);
        const auto body = wire().int_(example.count).long_(0);
        Reader in{body.bytes()};
        CHECK(in.read_count(example.minimum) == (example.fits ? static_cast<std::size_t>(example.count) : 0));
        CHECK(in.failed() == !example.fits);
    }
}

TEST_CASE("a value is bytes, null or unset, and nothing else")
{
    const auto body = wire().int_(-1).int_(-2).bytes("").int_(-3);
    Reader in{body.bytes()};
    CHECK(in.read_value().size == -1);
    CHECK(in.read_value().size == -2);
    CHECK(in.read_value().size == 0);
    CHECK(!in.failed());
    in.read_value();
    CHECK(in.failed());
}

TEST_CASE("any negative length of bytes is null and keeps its number")
{
    for (const auto length : {-1, -2, -2'147'483'647 - 1}) {
        const auto body = wire().int_(length);
        Reader in{body.bytes()};
        const auto bytes = in.read_bytes();
        CHECK(bytes.is_null());
        CHECK(bytes.size == length);
        CHECK(!in.failed());
    }
}

TEST_CASE("an address has 4 or 16 bytes")
{
    for (const auto size : {0U, 5U, 15U, 17U, 255U}) {
        CAPTURE(size);
        auto body = wire().byte(size);
        for (int i = 0; i != 80; ++i)
            body.int_(1);
        Reader in{body.bytes()};
        in.read_inet();
        CHECK(in.failed());
    }
}

TEST_CASE("cells are stepped over in one pass, null ones included")
{
    const auto body = wire().bytes("abc").null().bytes("").int_(-8).raw("rest");
    Reader in{body.bytes()};
    CHECK(in.read_cells(4).size() == 4 + 3 + 4 + 4 + 4);
    CHECK(in.rest().size() == 4);
    Reader beyond{body.bytes()};
    beyond.read_cells(5);
    CHECK(beyond.failed());
}

TEST_CASE("what the notations cannot carry is refused")
{
    const std::string longest(65'535, 'x');
    CHECK(!check_string("a name", longest));
    const auto error = check_string("a name", longest + "x");
    CHECK(error.code() == errc::invalid_query);
    CHECK(error.message() == "a name has 65536 bytes, and CQL v4 carries at most 65535");
    CHECK(!check_count("values", 65'535));
    CHECK(check_count("values", 65'536));
    CHECK(!check_bytes("a value", 2'147'483'647));
    CHECK(check_bytes("a value", 2'147'483'648));
}
