#pragma once

#include "lib/base/loop_state.hpp"
#include "lib/transport/contact_point.hpp"
#include <asio/ip/tcp.hpp>
#include <functional>
#include <vector>

namespace coodie::detail {

using Endpoint = asio::ip::tcp::endpoint;

/// The addresses of a name, asked for once. Everything happens inside turns of the loop.
/// Lifetime: what it waits for keeps it alive until it is done, or given up.
class Resolution : public std::enable_shared_from_this<Resolution>
{
public:
    /// Errors: errc::connection_lost, errc::request_timeout; without a name in front. Never empty without an error.
    using Done = std::function<void(const Error&, std::vector<Endpoint>)>;

    /// The endpoint of a contact point that is no name but an address.
    static std::optional<Endpoint> literal(const ContactPoint& point);
    static std::shared_ptr<Resolution> start(LoopState& loop, const ContactPoint& point,
                                             std::chrono::milliseconds timeout, Done done);

    Resolution(LoopState& loop, Done done);
    ~Resolution();
    Resolution(const Resolution&) = delete;
    Resolution& operator=(const Resolution&) = delete;

    /// Nobody is told any more.
    void give_up() noexcept;

private:
    struct Alarm : Deadline
    {
        Resolution* resolution = nullptr;
    };
    using Resolver = asio::ip::tcp::resolver;

    void ask(const ContactPoint& point, std::chrono::milliseconds timeout);
    void finish(const Error& error, std::vector<Endpoint> endpoints);

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    Resolver resolver_;
    Done done_;
    Alarm alarm_;
};

}
