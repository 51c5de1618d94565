#pragma once

#include <asio/io_context.hpp>
#include <coodie/coodie.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

// Documents that the programs of this folder get wrong.

using namespace coodie;

struct User
{
    Uuid id = {};
    std::string name = {};
    std::string email = {};
    std::int64_t age = 0;
    std::vector<std::string> tags = {};
    int not_mapped = 0;

    using Schema = Table<"users", Field<&User::id, PrimaryKey{}>, Field<&User::name>, Field<&User::email, Indexed{}>,
                         Field<&User::age>, Field<&User::tags>>;
};

struct Event
{
    std::string day = {};
    std::string name = {};
    std::int64_t at = 0;
    std::int32_t seq = 0;

    using Schema = Table<"events", Field<&Event::day, PrimaryKey{}>, Field<&Event::name>,
                         Field<&Event::at, ClusteringKey{descending}>, Field<&Event::seq, ClusteringKey{ascending, 1}>>;
};

struct Views
{
    std::string page = {};
    std::int64_t hits = 0;

    using Schema = Table<"views", Field<&Views::page, PrimaryKey{}>, Field<&Views::hits, Counter{}>>;
};
