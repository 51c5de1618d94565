#include "secured.hpp"

#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("a server that wants certificate and password gets both")
{
    auto options = options_with_certificate();
    options.username = options.password = "cassandra";
    CHECK(cluster_of(options) == "coodie");
    options.password = "canary";
    CHECK(code_of([&] { cluster_of(options); }) == errc::bad_credentials);
}

TEST_CASE("a certificate is no password where the server wants one")
{
    const auto error = error_of([] { cluster_of(options_with_certificate()); });
    CHECK(error.code() == errc::authentication);
    CHECK(says(error, "PasswordAuthenticator"));
}

TEST_CASE("a password alone is not enough")
{
    auto options = options_over_tls();
    options.username = options.password = "cassandra";
    const auto error = error_of([&] { cluster_of(options); });
    CHECK(error.code() == errc::tls);
}
