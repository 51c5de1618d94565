// The program whose compilation bench/compile_time measures: one document of five columns, synced, saved and found.
#include <coodie/coodie.hpp>
#include <cstdio>

using namespace coodie;

struct User
{
    Uuid id = Uuid::random();
    std::string name;
    std::string email;
    std::int64_t age = 0;
    std::vector<std::string> tags;

    using Schema = Table<"users", Field<&User::id, PrimaryKey{}>, Field<&User::name>, Field<&User::email, Indexed{}>,
                         Field<&User::age>, Field<&User::tags>>;
};

int main()
{
    init_coodie({.hosts = {"127.0.0.1"}, .keyspace = "my_ks"});
    sync_table<User>();
    const User alice{.name = "Alice", .email = "alice@example.com"};
    save(alice);
    for (const User& user : find<User>(col<&User::email> == "alice@example.com").all())
        std::puts(user.name.c_str());
}
