#pragma once

#include <coodie/coodie.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>

// What the examples share: the hosts, a keyspace of their own, and the document.

struct User
{
    coodie::Uuid id = coodie::Uuid::random();
    std::string name = {};
    std::string email = {};
    std::int64_t age = 0;
    std::vector<std::string> tags = {};
    std::map<std::string, int> scores = {};

    using Schema = coodie::Table<"users", coodie::Field<&User::id, coodie::PrimaryKey{}>, coodie::Field<&User::name>,
                                 coodie::Field<&User::email, coodie::Indexed{}>, coodie::Field<&User::age>,
                                 coodie::Field<&User::tags>, coodie::Field<&User::scores, coodie::Named{"points"}>>;
};

/// From COODIE_HOSTS ("host[:port],..."), else 127.0.0.1.
inline std::vector<std::string> hosts()
{
    const char* text = std::getenv("COODIE_HOSTS");
    std::vector<std::string> all{""};
    for (const char* c = text && *text ? text : "127.0.0.1"; *c; ++c)
        if (*c == ',')
            all.emplace_back();
        else
            all.back() += *c;
    return all;
}

/// The default driver, in a keyspace that is made if it is missing.
inline void connect(const char* keyspace)
{
    const auto first = coodie::init_coodie({.hosts = hosts()});
    coodie::create_keyspace(keyspace);
    coodie::init_coodie({.hosts = hosts(), .keyspace = keyspace});
    first->close();
}

template <class Function> int run_example(const char* name, const Function& function)
{
    try {
        function();
        return 0;
    } catch (const coodie::CoodieError& error) {
        std::fprintf(stderr, "%s: %s\n", name, error.what());
        return 1;
    }
}
