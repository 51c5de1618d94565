#include "lib/session/connector.hpp"

#include <algorithm>

namespace coodie::detail {

namespace {

/// What a user can do most about comes first: credentials, the keyspace, a peer that is no server of ours.
int weight_of(errc code)
{
    if (code == errc::bad_credentials || code == errc::authentication)
        return 3;
    if (code == errc::connection_lost || code == errc::request_timeout)
        return 0;
    return code == errc::protocol ? 1 : 2;
}

/// One error for all attempts: that of the host which came furthest, or that no host is available.
Error summary_of(std::vector<Attempt> attempts, const std::vector<Error>& errors)
{
    const auto best = std::max_element(errors.begin(), errors.end(), [](const Error& a, const Error& b) {
        return weight_of(a.code()) < weight_of(b.code());
    });
    if (weight_of(best->code()) > 0)
        return best->with_attempts(std::move(attempts));
    std::string sentence = "no host could be reached";
    for (const auto& attempt : attempts)
        sentence += "; " + attempt.message;
    return Error{errc::no_host_available, sentence}.with_attempts(std::move(attempts));
}

}

Connector::Connector(LoopState& loop, const std::vector<ContactPoint>& hosts, const ConnectionOptions& options)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, hosts_{hosts}, options_{options}, resolver_{loop.context()}
{
    alarm_.connector = this;
    alarm_.expire = [](Deadline& alarm) noexcept {
        auto& self = *static_cast<Alarm&>(alarm).connector;
        self.resolver_.cancel();
        self.failed(
            {errc::request_timeout, self.hosts_[self.host_].to_string() + ": the name was not resolved in time"});
    };
}

Connector::~Connector()
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

void Connector::start(std::function<void(Outcome)> done)
{
    done_ = std::move(done);
    try_host();
}

void Connector::abandon(const Error& error)
{
    const auto self = shared_from_this();
    const auto done = std::exchange(done_, nullptr);
    resolver_.cancel();
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    if (const auto connection = connection_.lock())
        connection->close(error);
    if (done)
        done({nullptr, error});
}

void Connector::try_host()
{
    const auto& host = hosts_[host_];
    last_begin_ = loop_.now() + 3 * bounded(options_.connect_timeout);
    std::error_code no_address;
    const auto address = asio::ip::make_address(host.name, no_address);
    if (no_address)
        return resolve();
    resolved({}, {Connection::Endpoint{address, host.port}});
}

void Connector::resolve()
{
    loop_.link(alarm_, loop_.after(options_.connect_timeout));
    const auto& host = hosts_[host_];
    resolver_.async_resolve(host.name, std::to_string(host.port), Resolver::numeric_service,
                            [self = shared_from_this(), at = host_](std::error_code ec, Resolver::results_type found) {
                                const Turn turn{self->loop_};
                                if (!self->done_ || at != self->host_ || ec == asio::error::operation_aborted)
                                    return;
                                std::vector<Connection::Endpoint> endpoints;
                                for (const auto& entry : found)
                                    endpoints.push_back(entry.endpoint());
                                self->resolved(ec, std::move(endpoints));
                            });
}

void Connector::resolved(std::error_code ec, std::vector<Connection::Endpoint> endpoints)
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    if (ec || endpoints.empty())
        return failed({errc::connection_lost, hosts_[host_].to_string() + ": the name cannot be resolved: " +
                                                  (ec ? ec.message() : "it has no address")});
    endpoints_ = std::move(endpoints);
    endpoint_ = 0;
    try_endpoint();
}

void Connector::try_endpoint()
{
    const auto connection = std::make_shared<Connection>(loop_, options_, hosts_[host_]);
    connection_ = connection;
    connection->open(endpoints_[endpoint_], shared_from_this());
}

void Connector::opened(const Error& error) noexcept
{
    if (!done_)
        return;
    if (error) {
        connection_.reset();
        if (++endpoint_ < endpoints_.size() && loop_.now() < last_begin_)
            return try_endpoint();
        return failed(error);
    }
    const auto self = shared_from_this();
    std::exchange(done_, nullptr)({connection_.lock(), {}});
}

void Connector::failed(const Error& error)
{
    attempts_.push_back({hosts_[host_].to_string(), error.code(), error.message()});
    errors_.push_back(error);
    if (++host_ < hosts_.size())
        return try_host();
    const auto self = shared_from_this();
    std::exchange(done_, nullptr)({nullptr, summary_of(std::move(attempts_), errors_)});
}

}
