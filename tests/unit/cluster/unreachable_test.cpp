#include "lib/cluster/unreachable.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

TEST_CASE("cpp-57: when nothing can be reached, every address is listed with its reason")
{
    const auto error = unreachable({{"127.0.0.1:1", {errc::connection_lost, "127.0.0.1:1: refused"}},
                                    {"127.0.0.2:1", {errc::request_timeout, "127.0.0.2:1: silent"}}});
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message() == "no host could be reached; 127.0.0.1:1: refused; 127.0.0.2:1: silent");
    REQUIRE(error.attempts().size() == 2);
    CHECK(error.attempts()[1].host == "127.0.0.2:1");
    CHECK(error.attempts()[1].code == errc::request_timeout);
}

TEST_CASE("what a user can change is told before what is merely dead")
{
    const auto error = unreachable({{"a", {errc::connection_lost, "refused"}},
                                    {"b", {errc::bad_credentials, "wrong password"}},
                                    {"c", {errc::protocol, "no server"}}});
    CHECK(error.code() == errc::bad_credentials);
    CHECK(error.attempts().size() == 3);
}

TEST_CASE("what is known of each host stands behind the reason why none is available")
{
    const auto error = none_available("too late", {{"a", {errc::bad_credentials, "a: wrong password"}},
                                                   {"b", {errc::connection_lost, "b: no connection yet"}}});
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message() == "too late; a: wrong password; b: no connection yet");
    CHECK(error.attempts().size() == 2);
}
