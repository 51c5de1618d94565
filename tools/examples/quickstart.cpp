// A document saved to a cluster and read back. Hosts come from COODIE_HOSTS ("host[:port],..."), else 127.0.0.1; a
// password from COODIE_USERNAME and COODIE_PASSWORD; TLS from COODIE_CA, a client certificate from COODIE_CERTIFICATE
// and COODIE_KEY.

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

std::string environment(const char* name, const char* otherwise = "")
{
    const char* text = std::getenv(name);
    return text && *text ? text : otherwise;
}

std::vector<std::string> hosts()
{
    std::vector<std::string> all{""};
    for (const char c : environment("COODIE_HOSTS", "127.0.0.1"))
        if (c == ',')
            all.emplace_back();
        else
            all.back() += c;
    return all;
}

InitOptions options()
{
    InitOptions chosen{
        .hosts = hosts(), .username = environment("COODIE_USERNAME"), .password = environment("COODIE_PASSWORD")};
    if (const auto ca = environment("COODIE_CA"), own = environment("COODIE_CERTIFICATE"); !ca.empty() || !own.empty())
        chosen.tls = TlsOptions{.ca_file = ca, .certificate_file = own, .key_file = environment("COODIE_KEY")};
    return chosen;
}

void show(const char* what, const User& user)
{
    std::printf("%-9s %s <%s>, %lld, %zu tags, %zu scores\n", what, user.name.c_str(), user.email.c_str(),
                static_cast<long long>(user.age), user.tags.size(), user.scores.size());
}

void run()
{
    auto chosen = options();
    const auto driver = init_coodie(chosen);
    std::printf("connected to %s%s\n", hosts().front().c_str(), chosen.tls ? ", over TLS" : "");
    create_keyspace("coodie_quickstart");
    chosen.keyspace = "coodie_quickstart";
    init_coodie(chosen);
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
