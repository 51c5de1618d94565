#include <coodie/observer.hpp>

#include <algorithm>
#include <cstdlib>

// Names: https://opentelemetry.io/docs/specs/semconv/db/cassandra

namespace coodie {

namespace {

using Attributes = std::vector<OtelAttribute>;

std::string lower(std::string_view text)
{
    std::string made{text};
    std::ranges::transform(made, made.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return made;
}

void add_text(Attributes& all, std::string_view name, std::string_view value)
{
    if (!value.empty())
        all.emplace_back(name, std::string{value});
}

void add_number(Attributes& all, std::string_view name, std::uint64_t value)
{
    all.emplace_back(name, static_cast<std::int64_t>(value));
}

/// "127.0.0.1:9042", "[::1]:9042"
void add_address(Attributes& all, std::string_view address)
{
    const auto colon = address.rfind(':');
    auto name = address.substr(0, colon);
    if (name.starts_with('[') && name.ends_with(']'))
        name = name.substr(1, name.size() - 2);
    add_text(all, "server.address", name);
    if (colon != std::string_view::npos)
        add_number(all, "server.port", std::strtoul(std::string{address.substr(colon + 1)}.c_str(), nullptr, 10));
}

void add_host(Attributes& all, const Host* host)
{
    if (!host)
        return;
    add_address(all, host->address());
    add_text(all, "cassandra.coordinator.dc", host->datacenter());
    if (host->host_id() != Uuid{})
        add_text(all, "cassandra.coordinator.id", host->host_id().to_string());
}

void add_error(Attributes& all, const Error& error)
{
    if (!error)
        return;
    auto type = make_error_code(error.code()).message();
    std::ranges::replace(type, ' ', '_');
    add_text(all, "error.type", type);
    if (error.code() >= errc::server_error)
        add_text(all, "db.response.status_code",
                 std::to_string(static_cast<int>(error.code()) - static_cast<int>(errc::server_error)));
}

Attributes begun()
{
    return {{"db.system.name", std::string{"cassandra"}}};
}

}

RequestSpan::~RequestSpan() = default;
RequestObserver::~RequestObserver() = default;

std::vector<OtelAttribute> otel_attributes(const ObservedRequest& request, const Error& error)
{
    auto all = begun();
    add_text(all, "db.operation.name", request.operation);
    if (request.batch_size > 1)
        add_number(all, "db.operation.batch.size", request.batch_size);
    add_text(all, "db.namespace", request.keyspace);
    add_text(all, "db.collection.name", request.table);
    if (request.has_markers)
        add_text(all, "db.query.text", request.statement);
    add_text(all, "cassandra.consistency.level", lower(name_of(request.consistency)));
    if (request.page_size > 0)
        add_number(all, "cassandra.page.size", static_cast<std::uint64_t>(request.page_size));
    all.emplace_back("cassandra.query.idempotent", request.idempotent);
    add_number(all, "cassandra.speculative_execution.count", request.speculative_executions);
    add_host(all, request.host.get());
    add_error(all, error);
    return all;
}

std::vector<OtelAttribute> otel_attributes(const ObservedAttempt& attempt, const Error& error)
{
    auto all = begun();
    add_host(all, attempt.host.get());
    add_error(all, error);
    return all;
}

}
