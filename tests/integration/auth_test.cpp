#include "secured.hpp"

#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("cpp-04: a server that wants a password lets in who has the right one")
{
    auto options = options_for();
    auto error = error_of([&] { cluster_of(options); });
    CHECK(error.code() == errc::authentication);
    CHECK(says(error, "PasswordAuthenticator"));
    options.username = "cassandra";
    options.password = "canary";
    error = error_of([&] { cluster_of(options); });
    CHECK(error.code() == errc::bad_credentials);
    CHECK_FALSE(says(error, "canary"));
    options.password = "cassandra";
    CHECK(cluster_of(options) == "coodie");
}

TEST_CASE("who may not do something is told so by the server")
{
    auto options = options_for();
    options.username = options.password = "cassandra";
    auto superuser = Session::connect(options);
    superuser.execute("CREATE ROLE IF NOT EXISTS coodie_guest WITH PASSWORD = 'guest' AND LOGIN = true");
    options.username = "coodie_guest";
    options.password = "guest";
    {
        auto guest = Session::connect(options);
        CHECK(code_of([&] {
                  guest.execute("CREATE KEYSPACE coodie_guests WITH replication = {'class': 'SimpleStrategy', "
                                "'replication_factor': 1}");
              }) == errc::unauthorized);
    }
    superuser.execute("DROP ROLE coodie_guest");
}
