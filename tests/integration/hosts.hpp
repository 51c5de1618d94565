#pragma once

#include <coodie/session.hpp>
#include <cstdlib>
#include <stdexcept>

/// The servers that COODIE_HOSTS names. Without them these tests fail: nothing is skipped.
inline std::vector<std::string> hosts()
{
    const char* named = std::getenv("COODIE_HOSTS");
    if (!named || !*named)
        throw std::runtime_error{"COODIE_HOSTS names no server; run tools/test, or set host[:port],..."};
    std::vector<std::string> all{""};
    for (const char* c = named; *c; ++c) {
        if (*c == ',')
            all.emplace_back();
        else
            all.back() += *c;
    }
    return all;
}

inline coodie::SessionOptions options_for(std::string keyspace = {})
{
    return {.hosts = hosts(), .keyspace = std::move(keyspace)};
}
