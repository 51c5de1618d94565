#include "lib/cluster/readings.hpp"

namespace coodie::detail {

namespace {

using metadata::PeersTable;

struct HostsReading : std::enable_shared_from_this<HostsReading>
{
    explicit HostsReading(std::shared_ptr<ControlLine> on) : line{std::move(on)} {}

    void start()
    {
        line->ask(Statement{std::string{metadata::local_query}}, 0,
                  [self = shared_from_this()](const Error& error, std::vector<Rows> pages) {
                      self->answered(self->local, error, std::move(pages));
                  });
        ask_peers();
    }

private:
    void ask_peers()
    {
        line->ask(Statement{std::string{metadata::peers_query(table)}}, 0,
                  [self = shared_from_this()](const Error& error, std::vector<Rows> pages) {
                      if (error && error.code() != errc::request_timeout && self->table == PeersTable::peers_v2) {
                          self->table = PeersTable::peers;
                          return self->ask_peers();
                      }
                      self->answered(self->peers, error, std::move(pages));
                  });
    }
    void answered(Rows& rows, const Error& error, std::vector<Rows> pages)
    {
        if (!done)
            return;
        if (error && error.code() == errc::request_timeout)
            return std::exchange(done, nullptr)({error});
        if (error)
            warnings.push_back(line->target().label + ": the tables of hosts cannot be read: " + error.message());
        if (!pages.empty())
            rows = std::move(pages.front());
        if (--left == 0)
            finish();
    }
    void finish()
    {
        const auto& endpoint = line->target().endpoint;
        const auto contact = Inet::parse(endpoint.address().to_string()).value_or(Inet{});
        HostsRead read{{}, metadata::read_nodes(local, peers, table, {contact, endpoint.port()})};
        read.is_readable = read.cluster.has_local;
        read.cluster.warnings.insert(read.cluster.warnings.end(), warnings.begin(), warnings.end());
        std::exchange(done, nullptr)(std::move(read));
    }

public:
    std::function<void(HostsRead)> done = {};

private:
    const std::shared_ptr<ControlLine> line;
    PeersTable table = PeersTable::peers_v2;
    Rows local;
    Rows peers;
    std::vector<std::string> warnings;
    int left = 2;
};

}

void read_hosts(const std::shared_ptr<ControlLine>& line, std::function<void(HostsRead)> done)
{
    const auto reading = std::make_shared<HostsReading>(line);
    reading->done = std::move(done);
    reading->start();
}

}
