// CQL as it stands, rows as documents, and a collection on a driver of its own.

#include "shared.hpp"

using namespace coodie;

namespace {

void run()
{
    connect("coodie_drivers");
    sync_table<User>();
    const User alice{.name = "Alice", .email = "alice@example.com"};
    save(alice);
    Rows raw = execute_raw("SELECT count(*) FROM users");
    std::printf("counted: %lld\n", static_cast<long long>(raw.front()[0].as<std::int64_t>()));
    for (auto& user : execute_raw("SELECT * FROM users WHERE id = ?", alice.id).as<User>())
        std::printf("read: %s\n", user.name.c_str());

    create_keyspace("coodie_archive");
    init_coodie({.hosts = hosts(), .keyspace = "coodie_archive", .name = "archive", .make_default = false});
    const auto driver = get_driver("archive");
    Collection<User> archive{*driver};
    archive.sync_table();
    archive.save(alice);
    std::printf("archived: %zu\n", archive.find().all().size());
    drop_keyspace("coodie_archive");
    drop_keyspace("coodie_drivers");
    driver->close();
    get_driver()->close();
}

}

int main()
{
    return run_example("drivers", run);
}
