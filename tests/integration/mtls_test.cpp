#include "secured.hpp"

#include "tests/tls/certificates.hpp"
#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("cpp-19: a server that requires a certificate lets in who shows one of its authority, without a password")
{
    CHECK(cluster_of(options_with_certificate()) == "coodie");
    auto error = error_of([] { cluster_of(options_over_tls()); });
    REQUIRE(error);
    CAPTURE(error.message());
    CHECK(error.code() == errc::tls);
    CHECK(says(error, "requires a client certificate"));
}

TEST_CASE("a certificate of a stranger is refused, and the session hears of it")
{
    const tls::Folder folder;
    const auto unknown = tls::Authority{"a stranger"}.issue();
    auto options = options_over_tls();
    options.tls->certificate_file = folder.write("unknown.pem", unknown.certificate + unknown.key);
    const auto error = error_of([&] { cluster_of(options); });
    REQUIRE(error);
    CAPTURE(error.message());
    CHECK((error.code() == errc::tls || error.code() == errc::no_host_available));
    CHECK(says(error, "certificate_file"));
}
