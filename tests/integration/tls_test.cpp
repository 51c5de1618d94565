#include "secured.hpp"

#include "tests/tls/certificates.hpp"
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("cpp-12: the server answers over TLS 1.3, and over 1.2 at least")
{
    auto options = options_over_tls();
    CHECK(cluster_of(options) == "coodie");
    options.tls->minimum_version = TlsVersion::tls_1_3;
    CHECK(cluster_of(options) == "coodie");
}

TEST_CASE("cpp-13: a session without TLS ends with a sentence, in time")
{
    auto options = options_for();
    options.connect_timeout = std::chrono::seconds{2};
    const auto error = error_of([&] { cluster_of(options); });
    REQUIRE(error);
    CAPTURE(error.message());
    CHECK((error.code() == errc::tls || error.code() == errc::no_host_available));
    CHECK(says(error, hosts().front()));
    CHECK(says(error, "set tls"));
}

TEST_CASE("cpp-14: a server of another authority is refused")
{
    auto options = options_over_tls();
    options.tls = TlsOptions{.ca_pem = tls::Authority{"a stranger"}.pem()};
    auto error = error_of([&] { cluster_of(options); });
    CHECK(error.code() == errc::tls);
    CHECK(says(error, "'CN=coodie test authority', which is not trusted"));
    options.tls = TlsOptions{.verify_peer = false, .verify_identity = false};
    CHECK(cluster_of(options) == "coodie");
}

TEST_CASE("cpp-15, cpp-16, cpp-17: the certificate must be for what was dialled, or for server_name")
{
    auto options = options_over_tls();
    options.tls->server_name = "elsewhere.test";
    const auto error = error_of([&] { cluster_of(options); });
    CHECK(error.code() == errc::tls);
    CHECK(says(error, "is not for 'elsewhere.test'; it is for DNS localhost, IP 127.0.0.1"));
    options.tls->server_name = "localhost";
    CHECK(cluster_of(options) == "coodie");
    options.tls->server_name = {};
    options.hosts = {"localhost"};
    CHECK(cluster_of(options) == "coodie");
}

TEST_CASE("large rows and many requests at once go over TLS")
{
    auto session = Session::connect(options_over_tls());
    session.execute("CREATE KEYSPACE IF NOT EXISTS coodie_tls WITH replication = {'class': 'SimpleStrategy', "
                    "'replication_factor': 1}");
    session.execute("CREATE TABLE IF NOT EXISTS coodie_tls.blobs (id int PRIMARY KEY, content text)");
    const std::string large(2U << 20U, 'x');
    const auto insert = session.prepare("INSERT INTO coodie_tls.blobs (id, content) VALUES (?, ?)");
    session.execute(insert.bind(1, large));
    const auto select = session.prepare("SELECT content FROM coodie_tls.blobs WHERE id = ?");
    CHECK(session.execute(select.bind(1)).front()["content"].as<std::string>() == large);
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 1'000; ++n)
        futures.push_back(session.async_execute(insert.bind(n, std::to_string(n)), asio::use_future));
    for (auto& future : futures)
        CHECK_NOTHROW(future.get());
    for (int n = 0; n < 1'000; n += 100)
        CHECK(session.execute(select.bind(n)).front()["content"].as<std::string>() == std::to_string(n));
    session.execute("DROP KEYSPACE coodie_tls");
}
