// The program that README.md shows; it runs on 127.0.0.1:9042, where tools/test has its server.
#include <coodie/coodie.hpp>
#include <cstdio>
#include <map>
using namespace coodie;

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

int main()
{
    init_coodie({.hosts = {"127.0.0.1"}});
    create_keyspace("my_ks");
    init_coodie({.hosts = {"127.0.0.1"}, .keyspace = "my_ks"});
    sync_table<User>();
    User alice{.name = "Alice", .email = "alice@example.com"};
    save(alice);
    for (const User& user : find<User>(col<&User::email> == "alice@example.com").all())
        std::printf("found %s\n", user.name.c_str());
    update(alice, col<&User::age> = 31, col<&User::tags> += {"admin"}, col<&User::scores>["maths"] = 3);
    erase(alice);
    drop_keyspace("my_ks");
}
