#pragma once

#include <coodie/coodie.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

// Documents that the tests of this room share.

namespace documents {

using namespace coodie;

struct User
{
    Uuid id = {};
    std::string name = {};
    std::string email = {};
    std::int64_t age = 0;
    std::vector<std::string> tags = {};
    std::map<std::string, int> scores = {};
    std::optional<std::string> note = {};

    friend bool operator==(const User&, const User&) = default;

    using Schema =
        Table<"users", Field<&User::id, PrimaryKey{}>, Field<&User::name>, Field<&User::email, Indexed{}>,
              Field<&User::age>, Field<&User::tags>, Field<&User::scores, Named{"points"}>, Field<&User::note>>;
};

/// A partition of two columns, clustered by two, declared out of order.
struct Event
{
    std::int32_t seq = 0;
    std::string day = {};
    std::string place = {};
    std::int64_t at = 0;
    std::string what = {};
    std::string owner = {};

    using Schema = Table<"events", Field<&Event::seq, ClusteringKey{ascending, 1}>, Field<&Event::day, PrimaryKey{1}>,
                         Field<&Event::place, PrimaryKey{0}>, Field<&Event::at, ClusteringKey{descending, 0}>,
                         Field<&Event::what>, Field<&Event::owner, Static{}>>;
};

struct Views
{
    std::string page = {};
    std::int64_t hits = 0;

    using Schema = Table<"views", Field<&Views::page, PrimaryKey{}>, Field<&Views::hits, Counter{}>>;
};

/// A type of somebody else's.
struct Sensor
{
    std::int32_t number = 0;
    double value = 0;
};

struct Gauge
{
    std::int32_t number = 0;
    float level = 0;

    using Schema = Table<"gauges", Field<&Gauge::number, PrimaryKey{}>, Field<&Gauge::level>>;
};

/// A name that CQL cannot read as it stands, a keyspace and options.
struct Order
{
    std::int32_t id = 0;
    std::set<std::int32_t> items = {};
    std::array<float, 3> place = {};

    using Schema = Table<"Order", Keyspace<"my-shop">, Field<&Order::id, PrimaryKey{}>, Field<&Order::items, Frozen{}>,
                         Field<&Order::place, VectorIndex{Similarity::euclidean}>, DefaultTtl<3600>,
                         TextOption<"comment", "it's">>;
};

struct Card
{
    std::string name = {};
    Uuid id = {};

    using Of = User;
};

inline Uuid uuid(unsigned char last)
{
    Uuid made;
    made.bytes[15] = std::byte{last};
    return made;
}

}

template <>
struct coodie::Schema<documents::Sensor>
    : coodie::Table<"sensors", coodie::Field<&documents::Sensor::number, coodie::PrimaryKey{}>,
                    coodie::Field<&documents::Sensor::value>>
{
};
