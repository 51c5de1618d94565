#include "raw_client.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <protocol/scylla_options.hpp>
#include <sys/socket.h>
#include <unistd.h>

using namespace coodie;
using namespace coodie::testing;
using namespace protocol;

namespace {

ScyllaOptions options_seen_by(RawClient& client)
{
    client.ask(Options{});
    const Heard heard{client.frame()};
    return ScyllaOptions::parse(heard.as<Supported>());
}

bool is_free(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool bound = ::bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(probe);
    return bound;
}

/// A port that nobody has right now, of this remainder.
std::uint16_t free_port(std::uint16_t remainder, std::uint16_t divisor)
{
    for (int port = 20'000 - 20'000 % divisor + remainder;; port += divisor)
        if (is_free(static_cast<std::uint16_t>(port)))
            return static_cast<std::uint16_t>(port);
}

}

TEST_CASE("connections to a node of shards are dealt to them in turn")
{
    FakeCluster cluster{{.nodes = {{.shards = 3}, {}}}};
    for (const int shard : {0, 1, 2, 0}) {
        RawClient client{cluster};
        const auto options = options_seen_by(client);
        REQUIRE(options.sharding.has_value());
        CHECK(options.sharding->shard == shard);
        CHECK(options.sharding->shards == 3);
    }
    RawClient plain{cluster, 1};
    CHECK_FALSE(options_seen_by(plain).sharding.has_value());
}

TEST_CASE("on the shard-aware port the client's own port decides the shard")
{
    FakeCluster cluster{{.nodes = {{.shards = 4}}}};
    RawClient asking{cluster};
    const auto port = options_seen_by(asking).shard_aware_port;
    REQUIRE(port.has_value());
    for (const std::uint16_t shard : {std::uint16_t{3}, std::uint16_t{1}}) {
        RawClient client{"127.0.0.1:" + std::to_string(*port), free_port(shard, 4)};
        CHECK(options_seen_by(client).sharding->shard == shard);
    }
}

TEST_CASE("statements that are marked have the bit that SUPPORTED named")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}}}};
    cluster.prime(primed("INSERT 1 IF NOT EXISTS").marked_lightweight());
    RawClient client{cluster};
    const auto mask = options_seen_by(client).lwt_mask;
    client.start();
    client.ask(Prepare{"INSERT 1 IF NOT EXISTS"});
    CHECK(Heard{client.frame()}.result<PreparedResult>().is_lightweight_transaction(mask));
    client.ask(Prepare{"INSERT 1"});
    CHECK_FALSE(Heard{client.frame()}.result<PreparedResult>().is_lightweight_transaction(mask));
}

TEST_CASE("where ids of metadata were agreed upon, changed columns come with their id")
{
    FakeCluster cluster;
    cluster.prime("SELECT * FROM t", rows({"a"}, row(1)));
    RawClient client{cluster};
    client.start({{"SCYLLA_USE_METADATA_ID", ""}});
    client.ask(Prepare{"SELECT * FROM t"});
    const auto frame = client.frame();
    const auto header = parse_header(std::span<const std::byte>{frame}.first<header_size>());
    const ResponseContext context{.result = {.with_metadata_id = true}};
    const auto heard = decode_response(header, std::span<const std::byte>{frame}.subspan(header_size), context);
    REQUIRE(heard);
    const auto& prepared = std::get<PreparedResult>(std::get<ResultResponse>(heard->message).body);
    const auto changed_columns = [&] {
        client.ask(Execute{prepared.id, prepared.result_metadata_id, {.skip_metadata = true}});
        const auto rows_frame = client.frame();
        Reader in{std::span<const std::byte>{rows_frame}.subspan(header_size + 4)};
        const auto metadata = RowsMetadata::decode(in, true);
        CHECK(metadata.new_metadata_id.has_value() == (metadata.columns != nullptr));
        return metadata.columns ? metadata.columns->columns.size() : 0;
    };
    CHECK(changed_columns() == 0);
    cluster.prime("SELECT * FROM t", rows({"a", "b"}, row(1, "new")));
    CHECK(changed_columns() == 2);
}
