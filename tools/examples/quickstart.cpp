// A document saved to a cluster and read back. Hosts come from COODIE_HOSTS ("host[:port],..."), else 127.0.0.1.

#include <coodie/coodie.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>

using namespace coodie;

// A document is a plain struct with its table beside its members; columns are called what the members are called.
struct User
{
    Uuid id = Uuid::random();
    std::string name = {};
    std::string email = {};
    std::int64_t age = 0;
    std::vector<std::string> tags = {};
    std::map<std::string, int> scores = {};

    using Schema = Table<"users", Field<&User::id, PrimaryKey{}>, Field<&User::name>, Field<&User::email, Indexed{}>,
                         Field<&User::age>, Field<&User::tags>, Field<&User::scores, Named{"points"}>>;
};

namespace {

std::vector<std::string> hosts()
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

void show(const char* what, const User& user)
{
    std::printf("%-9s %s <%s>, %lld, %zu tags, %zu scores\n", what, user.name.c_str(), user.email.c_str(),
                static_cast<long long>(user.age), user.tags.size(), user.scores.size());
}

void run()
{
    const auto driver = init_coodie({.hosts = hosts()});
    std::printf("connected to %s\n", hosts().front().c_str());
    create_keyspace("coodie_quickstart");
    init_coodie({.hosts = hosts(), .keyspace = "coodie_quickstart"});
    driver->close();
    for (const auto& statement : sync_table<User>())
        std::printf("synced    %s\n", statement.c_str());

    User alice{.name = "Alice", .email = "alice@example.com"};
    save(alice);
    show("saved", alice);

    show("got", get<User>(alice.id));
    for (const User& user : find<User>(col<&User::email> == "alice@example.com").all())
        show("found", user);

    update(alice, col<&User::age> = 31, col<&User::tags> += {"admin"}, col<&User::scores>["maths"] = 3);
    show("updated", get<User>(alice.id));
    std::printf("over 30   %lld\n", static_cast<long long>(find<User>(col<&User::age> > 30).allow_filtering().count()));

    erase(alice);
    std::printf("erased    %s\n", find_one<User>(col<&User::id> == alice.id) ? "but still there" : "and gone");
    get_driver()->close();
}

}

int main()
{
    try {
        run();
        return 0;
    } catch (const CoodieError& error) {
        std::fprintf(stderr, "quickstart: %s\n", error.what());
        return 1;
    }
}
