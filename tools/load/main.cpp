// Is every request answered once, every acknowledged write there, no increment counted twice? See tools/ledger.
#include "audit.hpp"
#include "options.hpp"
#include "watch.hpp"

#include <coodie/async.hpp>
#include <cstdio>
#include <random>

namespace load {
namespace {

void create_tables(coodie::Session& session, const Options& options)
{
    const auto keyspace = options.keyspace;
    session.execute("CREATE KEYSPACE IF NOT EXISTS " + keyspace +
                    " WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': " +
                    std::to_string(options.replication_factor) + "}");
    session.execute("CREATE TABLE IF NOT EXISTS " + keyspace + ".writes (id bigint PRIMARY KEY, value bigint)");
    session.execute("CREATE TABLE IF NOT EXISTS " + keyspace + ".counters (id bigint PRIMARY KEY, hits counter)");
}

Statements prepare(coodie::Session& session, const std::string& keyspace)
{
    return {.write = session.prepare("INSERT INTO " + keyspace + ".writes (id, value) VALUES (?, ?)"),
            .increment = session.prepare("UPDATE " + keyspace + ".counters SET hits = hits + 1 WHERE id = ?"),
            .read = session.prepare("SELECT value FROM " + keyspace + ".writes WHERE id = ?")};
}

void write_for_a_while(asio::io_context& context, Load& load, int seconds)
{
    Events events{context, load};
    Progress progress{context, load, seconds};
    load.start();
    while (!load.is_done())
        context.run_one();
    progress.close();
    events.close();
    context.poll();
}

/// True if every promise was kept.
bool report(const Load& load, const Audit& audit, std::int64_t counted)
{
    const auto increments = load.increments();
    const auto least = static_cast<std::int64_t>(increments.acknowledged());
    const auto most = static_cast<std::int64_t>(increments.submitted());
    const auto twice = std::max<std::int64_t>(counted - most, 0);
    const auto lost = std::max<std::int64_t>(least - counted, 0) + static_cast<std::int64_t>(audit.lost());
    std::printf("\nidempotent writes: %s\nincrements:        %s\n", load.writes().to_string().c_str(),
                increments.to_string().c_str());
    std::printf("read back:         %llu of %llu acknowledged writes; %llu could not be read\n",
                static_cast<unsigned long long>(audit.found()),
                static_cast<unsigned long long>(load.writes().acknowledged()),
                static_cast<unsigned long long>(audit.failures().failed()));
    std::printf("counters:          %lld, from %lld acknowledged to %lld sent\n", static_cast<long long>(counted),
                static_cast<long long>(least), static_cast<long long>(most));
    for (const auto& line : load.pace().report())
        std::printf("event:             %s\n", line.c_str());
    std::printf(
        "ledger: %llu failed idempotent requests, %lld lost acknowledged writes, %lld increments counted twice\n",
        static_cast<unsigned long long>(load.writes().failed()), static_cast<long long>(lost),
        static_cast<long long>(twice));
    const bool settled = load.writes().is_settled() && increments.is_settled();
    return settled && load.writes().failed() == 0 && lost == 0 && twice == 0 && audit.failures().failed() == 0;
}

int run(const Options& options)
{
    asio::io_context context{1};
    auto chosen = options.session;
    chosen.loops = {coodie::loop_of(context)};
    auto session = coodie::Session::connect(chosen);
    create_tables(session, options);
    const auto statements = prepare(session, options.keyspace);
    const auto first = static_cast<std::int64_t>(std::random_device{}()) << 30;
    Load load{session, statements, first, static_cast<std::size_t>(options.in_flight)};
    write_for_a_while(context, load, options.seconds);
    Audit audit{session, statements, first, load.acknowledged()};
    audit.start(static_cast<std::size_t>(options.in_flight));
    while (!audit.is_done())
        context.run_one();
    const bool kept = report(load, audit, count_increments(session, options.keyspace, first));
    if (!options.keep)
        session.execute("DROP KEYSPACE " + options.keyspace);
    session.close();
    return kept ? 0 : 1;
}

}
}

int main(int argc, char** argv)
{
    try {
        return load::run(load::parse(argc, argv));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "coodie-ledger: %s\n", error.what());
        return 2;
    }
}
