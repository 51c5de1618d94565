#include "lib/base/thrown.hpp"
#include "lib/cluster/readings.hpp"

namespace coodie::detail {

namespace {

using metadata::NodeDescription;

FoundHost host_of(const NodeDescription& node)
{
    FoundHost host;
    host.description = {.address = metadata::endpoint(node.address, node.port),
                        .host_id = node.host_id,
                        .datacenter = node.datacenter,
                        .rack = node.rack,
                        .release_version = node.release_version};
    host.event_address = node.event_address;
    host.event_port = node.port;
    return host;
}

/// Hosts whose names are still being resolved.
struct Finding
{
    std::vector<FoundHost> hosts;
    std::vector<bool> is_found;
    std::size_t left = 0;
    std::function<void(std::vector<FoundHost>)> done;
    std::vector<std::shared_ptr<Resolution>> resolutions = {};

    void finish()
    {
        std::vector<FoundHost> found;
        for (std::size_t at = 0; at != hosts.size(); ++at)
            if (is_found[at])
                found.push_back(std::move(hosts[at]));
        done(std::move(found));
    }
};

/// Where the host is reached from here, as text. Errors: errc::configuration for what is none, and for what the
/// translator throws.
Result<ContactPoint> translated(const FoundHost& host, const NodeDescription& node, const ClusterOptions& options)
{
    const auto& address = host.description.address;
    try {
        return ContactPoint::parse(options.translator ? options.translator->translate(host.description) : address,
                                   node.port);
    } catch (...) {
        const auto error = thrown_by("the address translator");
        return Error{error.code(), address + ": " + error.message()};
    }
}

void resolve(LoopState& loop, const ClusterOptions& options, const std::shared_ptr<Finding>& finding, std::size_t at,
             const ContactPoint& point)
{
    ++finding->left;
    finding->resolutions.push_back(Resolution::start(
        loop, point, options.connection.connect_timeout,
        [finding, at, point, log = options.log](const Error& error, const std::vector<Endpoint>& endpoints) {
            if (error)
                log->write(LogLevel::warning, "the host is left out: " + point.to_string() + ": " + error.message());
            else
                finding->hosts[at].target = {endpoints.front(), point, point.to_string()};
            finding->is_found[at] = !error;
            if (--finding->left == 0)
                finding->finish();
        }));
}

}

void find_targets(LoopState& loop, const ClusterOptions& options, const metadata::ClusterDescription& cluster,
                  const Target& contact, std::function<void(std::vector<FoundHost>)> done)
{
    const auto finding = std::make_shared<Finding>();
    finding->done = std::move(done);
    for (std::size_t at = 0; at != cluster.nodes.size(); ++at) {
        auto& host = finding->hosts.emplace_back(host_of(cluster.nodes[at]));
        finding->is_found.push_back(true);
        host.is_contact = at == 0 && cluster.has_local;
        if (host.is_contact) {
            host.target = contact;
            continue;
        }
        const auto point = translated(host, cluster.nodes[at], options);
        if (!point) {
            options.log->write(LogLevel::warning, "the host is left out: " + point.error().message());
            finding->is_found[at] = false;
        } else if (const auto literal = Resolution::literal(*point))
            host.target = {*literal, *point, point->to_string()};
        else
            resolve(loop, options, finding, at, *point);
    }
    if (finding->left == 0)
        finding->finish();
}

std::vector<FoundHost> hosts_at(const std::vector<Target>& targets)
{
    std::vector<FoundHost> hosts;
    for (const auto& target : targets) {
        const auto address = Inet::parse(target.endpoint.address().to_string()).value_or(Inet{});
        FoundHost host;
        host.description.address = metadata::endpoint(address, target.endpoint.port());
        host.target = target;
        host.event_address = address;
        host.event_port = target.endpoint.port();
        hosts.push_back(std::move(host));
    }
    return hosts;
}

}
