#pragma once

#include <coodie/observer.hpp>
#include <coodie/session.hpp>

namespace coodie::detail {

struct LoopState;
struct Request;

/// What a request keeps for its observer; most have none. What the observer throws is told to whoever runs the loop.
class Observation
{
public:
    /// On the thread that asks. Null: the observer does not want to hear of it.
    static std::unique_ptr<Observation> begin(RequestObserver& observer, const Request& request, std::string keyspace);

    // In turns of the request's loop
    /// By the request itself, or by another execution of it.
    void attempt_started(LoopState& loop, const Request& execution, std::shared_ptr<const coodie::Host> host,
                         bool is_speculative) noexcept;
    /// Nothing happens if the attempt has ended before, or none was started.
    void attempt_ended(LoopState& loop, const Request& execution, const Error& error) noexcept;
    void ended(LoopState& loop, const Request& request, const Error& error) noexcept;

private:
    struct UnderWay
    {
        const Request* execution;
        ObservedAttempt attempt;
    };
    ObservedRequest described(const Request& request) const;

    std::unique_ptr<RequestSpan> span_;
    std::string keyspace_; ///< the session's
    std::string operation_;
    std::vector<UnderWay> under_way_;
    std::shared_ptr<const coodie::Host> host_;
    unsigned attempts_ = 0;
    unsigned speculative_ = 0;
};

}
