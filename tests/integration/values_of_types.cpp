#include "values_of_types.hpp"

#include <limits>

namespace integration {

namespace {

using namespace coodie;
using List = Value::List;
using Map = Value::Map;
using Record = Value::Record;

template <class T> constexpr T lowest = std::numeric_limits<T>::lowest();
template <class T> constexpr T highest = std::numeric_limits<T>::max();
constexpr auto nan = std::numeric_limits<double>::quiet_NaN();
constexpr auto infinity = std::numeric_limits<double>::infinity();

template <class T> List integers()
{
    return {lowest<T>, T{-1}, T{0}, T{1}, highest<T>};
}

Value varint(const std::string& digits)
{
    return *Varint::parse(digits);
}

Value decimal(const char* digits)
{
    return *Decimal::parse(digits);
}

Value inet(const char* address)
{
    return *Inet::parse(address);
}

Value uuid(const char* text)
{
    return *Uuid::parse(text);
}

Value timestamp(std::int64_t milliseconds)
{
    return Timestamp{std::chrono::milliseconds{milliseconds}};
}

Value time(std::int64_t nanoseconds)
{
    return *Time::from(std::chrono::nanoseconds{nanoseconds});
}

List many_integers(std::int64_t count)
{
    List list;
    for (std::int64_t i = 0; i != count; ++i)
        list.emplace_back(i);
    return list;
}

Record address(const Value& street, const Value& numbers, const Value& home)
{
    return {{"street", street}, {"numbers", numbers}, {"home", home}};
}

List addresses()
{
    return {address("Long Street", List{1, 2, 3}, List{7, "seven"}), address("", List{}, List{{}, ""}),
            address({}, List{1}, {}), address("only", {}, {})};
}

}

std::vector<TypeExample> scalar_examples()
{
    const std::string googol = "1" + std::string(100, '0');
    return {
        {"ascii", {"", "a", std::string{"\0\x7f", 2}}},
        {"text", {"", "a", std::string{"\0", 1}, "\xe3\x81\xbe\xf0\x9f\x98\x80", std::string(1'000'000, 'x')}},
        {"blob", {Blob{}, Blob{std::byte{0}}, Blob(1'000'000, std::byte{0xff})}},
        {"boolean", {true, false}},
        {"tinyint", integers<std::int8_t>()},
        {"smallint", integers<std::int16_t>()},
        {"int", integers<std::int32_t>()},
        {"bigint", integers<std::int64_t>()},
        {"varint",
         {0, -1, 127, 128, -128, -129, lowest<std::int64_t>, highest<std::int64_t>, varint("9223372036854775808"),
          varint("-9223372036854775809"), varint(googol), varint("-" + googol)}},
        {"decimal",
         {decimal("0"), decimal("0.00"), decimal("-1.5"), decimal("1E+100"), decimal("1E-100"),
          Decimal{Varint{highest<std::int64_t>}, highest<std::int32_t>},
          Decimal{Varint{lowest<std::int64_t>}, lowest<std::int32_t>}, Decimal{*Varint::parse(googol), 50}}},
        {"float",
         {0.0, -0.0, 1.5, double{lowest<float>}, double{highest<float>},
          double{std::numeric_limits<float>::denorm_min()}, infinity, -infinity, nan}},
        {"double",
         {0.0, -0.0, 1.5, lowest<double>, highest<double>, std::numeric_limits<double>::denorm_min(), infinity,
          -infinity, nan}},
        {"timestamp",
         {timestamp(0), timestamp(-1), timestamp(1'320'692'149'881), timestamp(lowest<std::int64_t>),
          timestamp(highest<std::int64_t>)}},
        {"date", {Date{0}, Date{0x8000'0000U}, Date{0xffff'ffffU}}},
        {"time", {time(0), time(1), time(86'399'999'999'999)}},
        {"duration",
         {Duration{}, Duration{1, 2, 3}, Duration{-1, -2, -3}, Duration{0, 0, highest<std::int64_t>},
          Duration{highest<std::int32_t>, highest<std::int32_t>, highest<std::int64_t>},
          Duration{lowest<std::int32_t>, lowest<std::int32_t>, lowest<std::int64_t>}}},
        {"uuid",
         {uuid("00000000-0000-0000-0000-000000000000"), uuid("ffffffff-ffff-ffff-ffff-ffffffffffff"), Uuid::random()}},
        {"timeuuid",
         {TimeUuid::now(), uuid("00000000-0000-1000-8080-808080808080"), uuid("ffffffff-ffff-1fff-bf7f-7f7f7f7f7f7f")}},
        {"inet",
         {inet("0.0.0.0"), inet("255.255.255.255"), inet("::"), inet("2001:db8::1"),
          inet("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")}},
    };
}

std::vector<TypeExample> collection_examples()
{
    return {
        {"list<int>", {List{1}, List{3, 1, 2, 1}, many_integers(300)}},
        {"set<text>", {List{""}, List{"a", "b", "c"}}},
        {"map<text, int>", {Map{{"", 0}}, Map{{"a", 1}, {"b", -1}}}},
        {"map<timeuuid, double>", {Map{{TimeUuid::now(), 1.5}}}},
        {"frozen<list<int>>", {List{}, List{1, 2}, many_integers(100'000)}},
        {"frozen<set<inet>>", {List{}, List{inet("::1"), inet("1.2.3.4")}}},
        {"frozen<map<int, blob>>", {Map{}, Map{{1, Blob{}}}}},
        {"list<frozen<map<text, frozen<set<int>>>>>",
         {List{Map{{"a", List{1, 2}}, {"b", List{}}}, Map{}}, List{Map{{"", List{-1}}}}}},
        {"tuple<int, text>", {List{1, "a"}, List{{}, ""}, List{1, {}}, List{{}, {}}}},
        {"tuple<int, tuple<text, frozen<list<double>>>>", {List{1, List{"a", List{0.5, -0.5}}}, List{1, {}}}},
        {"vector<float, 3>", {List{0.0, -1.5, 1e30}}},
        {"vector<int, 2>", {List{lowest<std::int32_t>, highest<std::int32_t>}}},
        {"vector<text, 2>", {List{"", "b"}, List{std::string(300, 'x'), "\xc3\xa4"}}},
        {"vector<smallint, 2>", {List{lowest<std::int16_t>, highest<std::int16_t>}}},
        {"vector<vector<bigint, 1>, 2>", {List{List{1}, List{lowest<std::int64_t>}}}},
        {"vector<frozen<list<text>>, 2>", {List{List{}, List{"a", ""}}}},
        {"list<frozen<vector<float, 1>>>", {List{List{1.0}, List{2.0}}}},
    };
}

std::vector<std::string> user_types()
{
    return {"CREATE TYPE address (street text, numbers frozen<list<int>>, home frozen<tuple<int, text>>)",
            "CREATE TYPE person (name text, homes frozen<list<frozen<address>>>)"};
}

std::vector<TypeExample> user_type_examples()
{
    const auto homes = addresses();
    return {
        {"frozen<address>", homes},
        {"address", {homes[0], homes[2]}},
        {"list<frozen<address>>", {List{homes[0]}, homes}},
        {"frozen<person>", {Record{{"name", "Ann"}, {"homes", homes}}, Record{{"name", {}}, {"homes", List{}}}}},
        {"map<int, frozen<person>>", {Map{{1, Record{{"name", "Bob"}, {"homes", List{homes[1]}}}}}}},
    };
}

std::vector<const char*> types_with_empty_values()
{
    return {"boolean", "int",       "bigint", "varint",   "decimal", "float",
            "double",  "timestamp", "uuid",   "timeuuid", "inet"};
}

std::vector<TypeExample> all_examples()
{
    auto all = scalar_examples();
    for (auto& examples : {collection_examples(), user_type_examples()})
        all.insert(all.end(), examples.begin(), examples.end());
    return all;
}

}
