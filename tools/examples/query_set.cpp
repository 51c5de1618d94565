// Queries whose conditions are known at run time only: the same texts, the same rules, checked before anything is sent.

#include "shared.hpp"

using namespace coodie;

namespace {

/// What somebody typed into a form; what they left out does not count.
struct Form
{
    std::optional<std::string> email = {};
    std::optional<int> younger_than = {};
};

std::vector<User> found(const Form& form)
{
    QuerySet<User> q = query<User>();
    if (form.email)
        q = q.filter("email", Op::eq, *form.email);
    if (form.younger_than)
        q = q.filter("age", Op::lt, *form.younger_than).allow_filtering();
    return q.limit(10).all();
}

void run()
{
    connect("coodie_query_set");
    sync_table<User>();
    save(User{.name = "Ann", .email = "ann@example.com", .age = 41});
    save(User{.name = "Bob", .email = "bob@example.com", .age = 25});
    std::printf("everybody: %zu\n", found({}).size());
    std::printf("by email: %zu\n", found({.email = "ann@example.com"}).size());
    std::printf("younger: %zu\n", found({.younger_than = 30}).size());
    try {
        (void)query<User>().filter("emial", Op::eq, "x").all();
    } catch (const InvalidQueryError& error) {
        std::printf("refused: %s\n", error.what());
    }
    drop_keyspace("coodie_query_set");
    get_driver()->close();
}

}

int main()
{
    return run_example("query_set", run);
}
