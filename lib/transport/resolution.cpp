#include "lib/transport/resolution.hpp"

namespace coodie::detail {

std::optional<Endpoint> Resolution::literal(const ContactPoint& point)
{
    std::error_code no_address;
    const auto address = asio::ip::make_address(point.name, no_address);
    return no_address ? std::nullopt : std::optional{Endpoint{address, point.port}};
}

std::shared_ptr<Resolution> Resolution::start(LoopState& loop, const ContactPoint& point,
                                              std::chrono::milliseconds timeout, Done done)
{
    auto resolution = std::make_shared<Resolution>(loop, std::move(done));
    resolution->ask(point, timeout);
    return resolution;
}

Resolution::Resolution(LoopState& loop, Done done)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, resolver_{loop.context()}, done_{std::move(done)}
{
    alarm_.resolution = this;
    alarm_.expire = [](Deadline& alarm) noexcept {
        const auto self = static_cast<Alarm&>(alarm).resolution->shared_from_this();
        self->resolver_.cancel();
        self->finish({errc::request_timeout, "the name was not resolved in time"}, {});
    };
}

Resolution::~Resolution()
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

void Resolution::give_up() noexcept
{
    const auto done = std::exchange(done_, nullptr); // may own what owns this
    resolver_.cancel();
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

void Resolution::ask(const ContactPoint& point, std::chrono::milliseconds timeout)
{
    loop_.link(alarm_, loop_.after(timeout));
    resolver_.async_resolve(point.name, std::to_string(point.port), Resolver::numeric_service,
                            [self = shared_from_this()](std::error_code ec, const Resolver::results_type& found) {
                                const Turn turn{self->loop_};
                                std::vector<Endpoint> endpoints;
                                for (const auto& entry : found)
                                    endpoints.push_back(entry.endpoint());
                                if (!ec && !endpoints.empty())
                                    return self->finish({}, std::move(endpoints));
                                self->finish({errc::connection_lost, "the name cannot be resolved: " +
                                                                         (ec ? ec.message() : "it has no address")},
                                             {});
                            });
}

void Resolution::finish(const Error& error, std::vector<Endpoint> endpoints)
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    if (const auto done = std::exchange(done_, nullptr))
        done(error, std::move(endpoints));
}

}
