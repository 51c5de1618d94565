#pragma once

#include <coodie/testing/fake_schema.hpp>

/// One keyspace with one table, users(id uuid, name text).
inline coodie::testing::FakeSchema users_in(const std::string& keyspace, int replication_factor)
{
    auto made = coodie::testing::FakeKeyspace::simple(keyspace, replication_factor);
    made.tables.push_back(coodie::testing::table("users", {{"id", "uuid"}, {"name", "text"}}));
    return {made};
}
