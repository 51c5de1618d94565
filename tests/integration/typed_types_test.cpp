#include "keyspace.hpp"

#include <array>
#include <coodie/ascii.hpp>
#include <coodie/value.hpp>
#include <doctest/doctest.h>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

using namespace coodie;

namespace {

template <class T> constexpr T lowest = std::numeric_limits<T>::lowest();
template <class T> constexpr T highest = std::numeric_limits<T>::max();

/// Writes values of C++ types to a table with a column of the CQL type that each decides, and reads them back.
class TypedTables
{
public:
    explicit TypedTables(Session& session) : session_{session} {}

    template <class T> void check(const std::vector<T>& values)
    {
        const auto& type = Codec<T>::type();
        CAPTURE(type.to_string());
        const auto table = "t" + std::to_string(++tables_);
        // Frozen, for what is inside of collections must be, and empty ones stay what they are.
        session_.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, v " + frozen(type) + ")");
        const auto insert = session_.prepare("INSERT INTO " + table + " (id, v) VALUES (?, ?)");
        const auto select = session_.prepare("SELECT v FROM " + table + " WHERE id = ?");
        std::int32_t id = 0;
        for (const auto& value : values) {
            CAPTURE(id);
            session_.execute(insert.bind(++id, value));
            const auto rows = session_.execute(select.bind(id));
            REQUIRE(rows.size() == 1);
            CHECK(rows.front()["v"].template as<T>() == value);
            CHECK(rows.front()["v"].template as<std::optional<T>>() == value);
        }
        session_.execute(insert.bind(++id, std::optional<T>{}));
        const auto rows = session_.execute(select.bind(id));
        REQUIRE(rows.size() == 1);
        CHECK(rows.front()["v"].template as<std::optional<T>>() == std::nullopt);
    }

private:
    static std::string frozen(const DataType& type)
    {
        return type.elements.empty() ? type.to_string() : "frozen<" + inside(type) + ">";
    }
    static std::string inside(const DataType& type)
    {
        std::string text;
        for (const auto& element : type.elements)
            text += (text.empty() ? "" : ", ") + frozen(element);
        switch (type.id) {
        case TypeId::list: return "list<" + text + ">";
        case TypeId::set: return "set<" + text + ">";
        case TypeId::map: return "map<" + text + ">";
        case TypeId::tuple: return "tuple<" + text + ">";
        case TypeId::vector: return "vector<" + text + ", " + std::to_string(type.dimension) + ">";
        default: return type.to_string();
        }
    }

    Session& session_;
    int tables_ = 0;
};

}

TEST_CASE("cpp-29: every C++ type's values come back from a real table as they went")
{
    auto session = integration::connect();
    const integration::Keyspace keyspace{session, "coodie_typed"};
    TypedTables tables{session};

    tables.check<bool>({true, false});
    tables.check<std::int8_t>({lowest<std::int8_t>, 0, highest<std::int8_t>});
    tables.check<std::int16_t>({lowest<std::int16_t>, 0, highest<std::int16_t>});
    tables.check<std::int32_t>({lowest<std::int32_t>, 0, highest<std::int32_t>});
    tables.check<std::int64_t>({lowest<std::int64_t>, 0, highest<std::int64_t>});
    tables.check<float>({lowest<float>, 0, std::numeric_limits<float>::denorm_min(), highest<float>,
                         std::numeric_limits<float>::infinity()});
    tables.check<double>({lowest<double>, 0, std::numeric_limits<double>::denorm_min(), highest<double>,
                          -std::numeric_limits<double>::infinity()});
    tables.check<std::string>({"", std::string{"\0", 1}, "\xf0\x9f\x98\x80", std::string(100'000, 'x')});
    tables.check<Ascii>({Ascii{""}, Ascii{std::string{"\0\x7f", 2}}});
    tables.check<Blob>({{}, {std::byte{0}}, Blob(100'000, std::byte{0xff})});
    tables.check<Varint>({{}, *Varint::parse("-170141183460469231731687303715884105729")});
    tables.check<Decimal>({{}, *Decimal::parse("-0.10"), {Varint{1}, lowest<std::int32_t>}});
    tables.check<Duration>({{}, {1, 2, 3}, {0, 0, lowest<std::int64_t>}});
    tables.check<Inet>({*Inet::parse("127.0.0.1"), *Inet::parse("fe80::1")});
    tables.check<Date>({Date{0}, Date{highest<std::uint32_t>}});
    tables.check<std::chrono::year_month_day>({std::chrono::year{2024} / 2 / 29, std::chrono::year{1} / 1 / 1});
    tables.check<Time>({{}, *Time::from(Time::end - std::chrono::nanoseconds{1})});
    tables.check<Timestamp>({{}, Timestamp{std::chrono::milliseconds{lowest<std::int64_t>}}});
    tables.check<Uuid>({{}, Uuid::random()});
    tables.check<TimeUuid>({TimeUuid::now()});

    tables.check<std::vector<std::int32_t>>({{}, {2, 1, 2}});
    tables.check<std::set<std::string>>({{}, {"", "a"}});
    tables.check<std::map<std::string, double>>({{}, {{"", 0.5}, {"b", -0.5}}});
    tables.check<std::unordered_map<std::int32_t, bool>>({{}, {{1, true}, {2, false}}});
    tables.check<std::map<std::string, std::vector<std::set<std::int64_t>>>>({{{"a", {{1, 2}, {}}}, {"b", {}}}});
    tables.check<std::tuple<std::int32_t, std::optional<std::string>>>({{1, "a"}, {2, std::nullopt}});
    tables.check<std::pair<std::optional<Uuid>, std::vector<Inet>>>({{std::nullopt, {}}, {Uuid{}, {Inet{}}}});
    tables.check<std::array<float, 3>>({{0, -1.5F, highest<float>}});
    tables.check<std::array<std::int32_t, 2>>({{lowest<std::int32_t>, highest<std::int32_t>}});
    tables.check<std::array<std::int16_t, 2>>({{lowest<std::int16_t>, highest<std::int16_t>}});
    tables.check<std::array<std::string, 2>>({{"", "b"}});
    tables.check<std::vector<std::array<double, 1>>>({{}, {{1.5}, {-1.5}}});
}
