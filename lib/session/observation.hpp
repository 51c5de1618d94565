#pragma once

#include <coodie/observer.hpp>
#include <coodie/session.hpp>
#include <deque>
#include <functional>

namespace coodie::detail {

struct LoopState;
struct Request;

/// What a request keeps for its observer; most have none. What the observer throws is told to whoever runs the loop.
class Observation
{
public:
    /// On the thread that asks. Null: the observer does not want to hear of it.
    static std::unique_ptr<Observation> begin(RequestObserver& observer, const Request& request, std::string keyspace);

    // In turns of the request's loop. The span hears of attempts before the next turn is over, or before the request
    // ends.
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
    /// What the span is to be told, in order. Not at once, as it may ask anything of the session: to close, too.
    struct Calls
    {
        std::unique_ptr<RequestSpan> span;
        std::deque<std::function<void(RequestSpan&)>> due;
        bool is_scheduled = false;
    };
    static void make(Calls& calls, LoopState& loop) noexcept;
    void tell(LoopState& loop, std::function<void(RequestSpan&)> call);
    ObservedRequest described(const Request& request) const;

    std::shared_ptr<Calls> calls_ = std::make_shared<Calls>();
    std::string keyspace_; ///< the session's
    std::string operation_;
    std::vector<UnderWay> under_way_;
    std::shared_ptr<const coodie::Host> host_;
    unsigned attempts_ = 0;
    unsigned speculative_ = 0;
};

}
