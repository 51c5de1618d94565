// Queries whose conditions are known to the compiler: what a server would refuse does not compile.

#include "shared.hpp"

using namespace coodie;

struct Event
{
    std::string day = {};
    std::int64_t at = 0;
    std::string what = {};

    using Schema = Table<"events", Field<&Event::day, PrimaryKey{}>, Field<&Event::at, ClusteringKey{descending}>,
                         Field<&Event::what>>;
};

struct Card
{
    Uuid id = {};
    std::string name = {};
    using Of = User;
};

namespace {

void run()
{
    connect("coodie_filters");
    sync_table<User>();
    sync_table<Event>();
    const User ann{.name = "Ann", .email = "ann@example.com", .age = 41};
    const User bob{.name = "Bob", .email = "bob@example.com", .age = 25};
    save(ann);
    save(bob);
    for (std::int64_t minute = 0; minute != 20; ++minute)
        save(Event{"monday", minute, "tick"});

    for (const User& user : find<User>(col<&User::email> == "ann@example.com").all())
        std::printf("by email: %s\n", user.name.c_str());
    const auto old = find<User>(col<&User::age> > 30).allow_filtering().limit(10).all();
    std::printf("over 30: %zu\n", old.size());
    const auto last =
        find<Event>(col<&Event::day> == "monday", col<&Event::at> >= 5).order_by(desc<&Event::at>).limit(10).all();
    std::printf("last of monday: %lld\n", static_cast<long long>(last.front().at));
    const std::vector<Uuid> ids{ann.id, bob.id};
    std::printf("by ids: %zu\n", find<User>(in(col<&User::id>, ids)).all().size());
    std::printf("all: %lld\n", static_cast<long long>(find<User>().allow_filtering().count()));
    for (const auto& [id, name] : find<User>().select<&User::id, &User::name>().all())
        std::printf("selected: %s %s\n", id.to_string().c_str(), name.c_str());
    for (const Card& card : find<User>().select_as<Card>().all())
        std::printf("card: %s\n", card.name.c_str());
    drop_keyspace("coodie_filters");
    get_driver()->close();
}

}

int main()
{
    return run_example("filters", run);
}
