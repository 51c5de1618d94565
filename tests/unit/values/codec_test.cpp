#include "allocation.hpp"
#include "bytes.hpp"

#include <coodie/ascii.hpp>
#include <coodie/value.hpp>
#include <deque>
#include <doctest/doctest.h>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

using namespace coodie;

namespace {

template <class T> Blob stored(const T& value)
{
    Blob bytes(Codec<T>::size(value));
    const auto* end = Codec<T>::store(bytes.data(), value);
    CHECK(end == bytes.data() + bytes.size());
    return bytes;
}

template <class T> bool loads(std::span<const std::byte> bytes)
{
    T value{};
    return Codec<T>::load(test::Exactly{bytes}, value);
}

enum class Prefixes : std::uint8_t
{
    fail,
    may_load,
};

/// A value has these bytes and no others: not fewer, and not one more.
template <class T>
void round_trip(const T& value, const char* bytes, const char* type, Prefixes prefixes = Prefixes::fail)
{
    CAPTURE(std::string{type});
    CAPTURE(std::string{bytes});
    CHECK(Codec<T>::type().to_string() == type);
    CHECK(detail::accepts_type<T>(Codec<T>::type()));
    const auto written = stored(value);
    CHECK(to_hex(written) == to_hex(test::bytes(bytes)));
    T loaded{};
    CHECK(Codec<T>::load(test::Exactly{written}, loaded));
    CHECK(loaded == value);
    if (prefixes == Prefixes::may_load)
        return;
    test::for_each_prefix(written, [](std::span<const std::byte> prefix) { CHECK_FALSE(loads<T>(prefix)); });
    auto longer = written;
    longer.push_back(std::byte{0});
    CHECK_FALSE(loads<T>(longer));
}

}

TEST_CASE("scalars have the bytes of CQL v4")
{
    using namespace std::chrono_literals;
    round_trip(true, "01", "boolean");
    round_trip(std::int8_t{-128}, "80", "tinyint");
    round_trip(std::int16_t{-2}, "fffe", "smallint");
    round_trip(std::numeric_limits<std::int32_t>::min(), "80000000", "int");
    round_trip(std::numeric_limits<std::int64_t>::max(), "7fffffffffffffff", "bigint");
    round_trip(-19432.125F, "c697d040", "float");
    round_trip(-19432.125, "c0d2fa0800000000", "double");
    round_trip(Uuid::parse("49157efc-ef3c-9de3-1698-af801fb40b2a").value(), "49157efcef3c9de31698af801fb40b2a", "uuid");
    round_trip(TimeUuid::parse("58046580-2938-11e7-b063-1332a5f033c2").value(), "58046580293811e7b0631332a5f033c2",
               "timeuuid");
    round_trip(Timestamp{128ms}, "0000000000000080", "timestamp");
    round_trip(Timestamp::min(), "8000000000000000", "timestamp");
    round_trip(Date{}, "80000000", "date");
    round_trip(Date{std::uint32_t{0xFFFF'FFFF}}, "ffffffff", "date");
    round_trip(std::chrono::year_month_day{std::chrono::year{1970} / 1 / 31}, "8000001e", "date");
    round_trip(Time{86'399'999'999'999ns}, "00004e94914effff", "time");
    round_trip(Inet::parse("65.52.54.169").value(), "413436a9", "inet");
    round_trip(Inet::parse("2a00:1328:e102:ccc0::122").value(), "2a001328e102ccc00000000000000122", "inet",
               Prefixes::may_load);
    round_trip(Duration{6, 9, 21372137}, "0c12e28c39d2", "duration");
    round_trip(Duration{.months = std::numeric_limits<std::int32_t>::min()}, "f0ffffffff0000", "duration");
}

TEST_CASE("what may have any length has the bytes of CQL v4")
{
    round_trip(std::string{"まして"}, "e381bee38197e381a6", "text", Prefixes::may_load);
    round_trip(std::string{}, "", "text", Prefixes::may_load);
    round_trip(Ascii{"lorem"}, "6c6f72656d", "ascii", Prefixes::may_load);
    round_trip(blob("abc"), "616263", "blob", Prefixes::may_load);
    round_trip(Varint{-129}, "ff7f", "varint", Prefixes::may_load);
    round_trip(Decimal{Varint{-64206}, 20}, "00000014ff0532", "decimal", Prefixes::may_load);
}

TEST_CASE("containers have the bytes of CQL v4")
{
    round_trip(std::vector<std::int16_t>{0, 32767}, "00000002 00000002 0000 00000002 7fff", "list<smallint>");
    round_trip(std::vector<bool>{true, false}, "00000002 00000001 01 00000001 00", "list<boolean>");
    round_trip(std::deque<std::string>{}, "00000000", "list<text>");
    round_trip(std::set<std::string>{"b", "a"}, "00000002 00000001 61 00000001 62", "set<text>");
    round_trip(std::unordered_set<Uuid>{Uuid{}}, "00000001 00000010 00000000000000000000000000000000", "set<uuid>");
    round_trip(std::map<std::string, std::int32_t>{{"a", 1}}, "00000001 00000001 61 00000004 00000001",
               "map<text, int>");
    round_trip(std::unordered_map<std::int32_t, std::vector<std::int32_t>>{{7, {}}},
               "00000001 00000004 00000007 00000004 00000000", "map<int, list<int>>");
    round_trip(std::vector<std::optional<std::int8_t>>{std::nullopt, std::int8_t{1}}, "00000002 ffffffff 00000001 01",
               "list<tinyint>");
    round_trip(std::array<float, 2>{1.0F, 2.5F}, "3f800000 40200000", "vector<float, 2>");
    round_trip(std::array<std::int16_t, 3>{1, 2, 3}, "02 0001 02 0002 02 0003", "vector<smallint, 3>");
    round_trip(std::array<std::array<std::int32_t, 2>, 2>{{{1, 2}, {3, 4}}}, "00000001 00000002 00000003 00000004",
               "vector<vector<int, 2>, 2>");
    round_trip(std::array<std::string, 2>{"ala", ""}, "03 616c61 00", "vector<text, 2>");
    round_trip(std::array<std::vector<std::int32_t>, 1>{{{7}}}, "0c 00000001 00000004 00000007",
               "vector<list<int>, 1>");
    round_trip(std::tuple<std::int32_t, std::optional<double>, std::string>{1, std::nullopt, "a"},
               "00000004 00000001 ffffffff 00000001 61", "tuple<int, double, text>");
    round_trip(std::pair<std::int32_t, std::int8_t>{1, std::int8_t{2}}, "00000004 00000001 00000001 02",
               "tuple<int, tinyint>");
}

TEST_CASE("a tuple that ends early has null in its last fields")
{
    using Tuple = std::tuple<std::optional<std::int32_t>, std::optional<std::string>>;
    Tuple tuple{1, "x"};
    CHECK(Codec<Tuple>::load(test::bytes("00000004 00000007"), tuple));
    CHECK(tuple == Tuple{7, std::nullopt});
    CHECK(Codec<Tuple>::load({}, tuple));
    CHECK(tuple == Tuple{});
    CHECK(Codec<Tuple>::load(test::bytes("fffffffe 80000000"), tuple));
    CHECK_FALSE(loads<Tuple>(test::bytes("ffffffff ffffffff ffffffff")));
    CHECK_FALSE(loads<std::tuple<std::int32_t>>({}));
}

TEST_CASE("of equal keys the last counts, and equal elements of a set are one")
{
    std::map<std::int8_t, std::int8_t> map{{std::int8_t{9}, std::int8_t{9}}};
    CHECK(Codec<decltype(map)>::load(test::bytes("00000002 00000001 01 00000001 02 00000001 01 00000001 03"), map));
    CHECK(map == std::map<std::int8_t, std::int8_t>{{std::int8_t{1}, std::int8_t{3}}});
    std::set<std::int8_t> set;
    CHECK(Codec<decltype(set)>::load(test::bytes("00000002 00000001 01 00000001 01"), set));
    CHECK(set.size() == 1);
}

TEST_CASE("counts and lengths that the bytes cannot hold are refused before memory is taken")
{
    const test::PeakAllocation peak;
    CHECK_FALSE(loads<std::vector<std::int32_t>>(test::bytes("7fffffff")));
    CHECK_FALSE(loads<std::vector<std::string>>(test::bytes("80000000")));
    CHECK_FALSE(loads<std::vector<std::string>>(test::bytes("00000001 7fffffff 61")));
    CHECK_FALSE(loads<std::map<std::string, std::string>>(test::bytes("10000000 00000000 00000000")));
    CHECK_FALSE(loads<std::vector<std::vector<std::int32_t>>>(test::bytes("00000001 00000004 7fffffff")));
    CHECK_FALSE(loads<std::array<std::string, 1>>(test::bytes("ffffffffffffffffff")));
    CHECK(peak.bytes() < 1024);
}

TEST_CASE("null fits optionals and collections, empty fits optionals as nothing")
{
    const Cell null;
    const Cell empty{nullptr, 0};
    std::optional<std::int32_t> maybe = 1;
    CHECK(detail::load_cell(null, maybe));
    CHECK_FALSE(maybe);
    maybe = 1;
    CHECK(detail::load_cell(empty, maybe));
    CHECK_FALSE(maybe);
    std::optional<std::string> text;
    CHECK(detail::load_cell(empty, text));
    CHECK(text == "");
    std::vector<int> list{1};
    CHECK(detail::load_cell(null, list));
    CHECK(list.empty());
    CHECK_FALSE(detail::load_cell(empty, list));
    std::int32_t number = 0;
    CHECK_FALSE(detail::load_cell(null, number));
    CHECK_FALSE(detail::load_cell(empty, number));
    const auto two = test::bytes("0001");
    CHECK_FALSE(detail::load_cell(Cell{two.data(), 2}, maybe));
    CHECK_FALSE(maybe);
}

TEST_CASE("a type accepts what travels alike and nothing else")
{
    const auto accepts = []<class T>(std::type_identity<T>, TypeId id) {
        return detail::accepts_type<T>(DataType{.id = id});
    };
    CHECK(accepts(std::type_identity<std::int64_t>{}, TypeId::counter));
    CHECK(accepts(std::type_identity<std::string>{}, TypeId::ascii));
    CHECK(accepts(std::type_identity<Uuid>{}, TypeId::timeuuid));
    CHECK(accepts(std::type_identity<Blob>{}, TypeId::custom));
    CHECK_FALSE(accepts(std::type_identity<std::int32_t>{}, TypeId::bigint));
    CHECK_FALSE(accepts(std::type_identity<std::int64_t>{}, TypeId::int_));
    CHECK_FALSE(accepts(std::type_identity<std::int64_t>{}, TypeId::timestamp));
    CHECK_FALSE(accepts(std::type_identity<TimeUuid>{}, TypeId::uuid));
    CHECK_FALSE(accepts(std::type_identity<Ascii>{}, TypeId::text));
    CHECK_FALSE(accepts(std::type_identity<double>{}, TypeId::float_));
    CHECK_FALSE(accepts(std::type_identity<std::vector<int>>{}, TypeId::list));
    const DataType nested{.id = TypeId::list, .elements = {DataType{.id = TypeId::ascii}}};
    CHECK(detail::accepts_type<std::vector<std::optional<std::string>>>(nested));
    CHECK_FALSE(detail::accepts_type<std::set<std::string>>(nested));
    CHECK_FALSE(detail::accepts_type<std::vector<Blob>>(nested));
}

TEST_CASE("text that is no UTF-8 does not load as text, and does as ascii")
{
    CHECK_FALSE(loads<std::string>(test::bytes("ff")));
    CHECK(loads<Ascii>(test::bytes("ff")));
    CHECK_THROWS_AS(Ascii{"\xC3\xA4"}, std::system_error);
}

TEST_CASE("any byte but zero is true")
{
    bool value = false;
    CHECK(Codec<bool>::load(test::bytes("80"), value));
    CHECK(value);
}

// Only types with a codec are mappable.
static_assert(Mappable<std::vector<std::map<int, std::optional<std::set<std::string>>>>>);
static_assert(Mappable<std::string_view>);
static_assert(!Mappable<unsigned>);
static_assert(!Mappable<std::vector<unsigned>>);
static_assert(!Mappable<std::wstring>);
static_assert(!Mappable<Value>);
static_assert(!Mappable<const char*>);

TEST_CASE("a list of large elements takes no more memory than its bytes may need")
{
    constexpr std::size_t count = 10'000;
    std::vector<std::byte> bytes(4 + 4 * count);
    detail::store_integer(bytes.data(), std::int32_t{count});
    const test::PeakAllocation peak;
    std::vector<std::array<float, 1536>> vectors;
    CHECK_FALSE(Codec<decltype(vectors)>::load(bytes, vectors));
    CHECK(peak.bytes() <= 8 * bytes.size() + sizeof vectors[0]);
}
