#pragma once

#include "lib/base/counter.hpp"
#include "lib/base/inbox.hpp"
#include "lib/base/node_pool.hpp"
#include "lib/base/timer_wheel.hpp"
#include "lib/connection/exchange.hpp"
#include "lib/session/observation.hpp"
#include "lib/session/prepared.hpp"
#include "lib/session/profile.hpp"
#include <coodie/any_handler.hpp>
#include <functional>

namespace coodie::detail {

class Connection;
class SessionLoop;
struct Race;
struct Request;

/// Requests that wait for something, in order. All lists of a session count in one place.
class RequestList
{
public:
    explicit RequestList(Counter& count) noexcept : count_{count} {}
    bool empty() const noexcept { return !first_; }
    void push_back(Request& request) noexcept;
    void push_front(Request& request) noexcept;
    void remove(Request& request) noexcept;
    Request* pop_front() noexcept;

private:
    Request* first_ = nullptr;
    Request* last_ = nullptr;
    Counter& count_;
};

using PrepareHandler = AnyHandler<void(std::exception_ptr, PreparedStatement)>;

/// A request that is done, but for the schema that it changed: see settling.cpp.
struct Settling
{
    Request& request; ///< which holds this
    Rows rows;
};

/// What those have that are more than a statement.
struct RequestExtras
{
    enum class Kind : std::uint8_t
    {
        batch,
        prepare,
        use, ///< the session's own switch to another keyspace
        schema_change,
    };
    Kind kind;
    Batch batch = {};
    std::vector<std::shared_ptr<const Prepared>> prepared = {}; ///< one a statement of the batch; null: sent as text
    std::uint32_t keyspace_generation = 0;                      ///< of what was prepared for the batch
    PrepareHandler prepare_handler = {};
    std::vector<std::vector<std::byte>> repaired = {}; ///< ids, after UNPREPARED, in this attempt
    std::string keyspace = {};                         ///< to use
    std::function<void(const Error&)> use_done = {};
    std::shared_ptr<Settling> settling = {}; ///< of a schema change
};

/// What a request keeps once an attempt has failed.
struct Failures
{
    struct Pause : Deadline
    {
        Request* request;
    };
    std::vector<Attempt> attempts = {};
    unsigned retries = 0;
    bool has_second_plan = false; ///< all hosts of the first were tried, and none had a connection any more
    Pause pause = {};             ///< before the next attempt
    Request** ending = nullptr;   ///< who ends it in a turn to come, unless told not to
};

/// One statement, batch or prepare on its way: what it was asked, where it waits, who gets the answer.
/// Lifetime: a node of the pool of the thread that made it, given back once its handler was called.
struct Request : Task, Exchange, Deadline
{
    Request* next_free = nullptr;
    NodePool<Request>* home = nullptr;

    SessionLoop* session = nullptr;
    Clock::time_point started{};      ///< as its loop knew the time
    const Profile* profile = nullptr; ///< from its start on
    RequestList* list = nullptr;      ///< where it waits, if it does
    Request* earlier = nullptr;
    Request* later = nullptr;
    bool is_over = false; ///< only its frame still needs it: see Exchange::is_lent

    Connection* connection = nullptr; ///< while it is sent, and until it is answered
    HostIndex host{};                 ///< where it was sent last
    bool has_plan = false;
    bool stays = false;       ///< with its host, if that can take it
    bool is_repaired = false; ///< after UNPREPARED, once an attempt; a batch: see RequestExtras
    bool is_watched = false;  ///< see `patience`
    bool is_pinned = false;   ///< to the host that its statement names
    Plan plan;
    std::unique_ptr<Failures> failures;
    std::shared_ptr<Race> race; ///< that it takes part in

    /// Address and generation while it can be cancelled, else 0: see cancellation.hpp.
    std::atomic<std::uint64_t> ticket{0};
    std::uint16_t generation = 0;

    std::shared_ptr<const Prepared> prepared;
    std::unique_ptr<RequestExtras> extras;
    std::unique_ptr<Observation> observation; ///< null: nobody observes it
    RowsHandler handler;
    Statement statement;

    struct Patience : Deadline
    {
        Request* request;
    };
    Patience patience;           ///< with the host that was asked last, if attempts have an end of their own
    Clock::time_point sent_at{}; ///< if somebody asks how long answers take

    static inline const std::string nothing{};

    Request();
    const std::string& pinned_host() const noexcept
    {
        return extras ? extras->batch.host : statement.extras() ? statement.extras()->host : nothing;
    }
    const std::string& profile_name() const noexcept
    {
        return extras ? extras->batch.profile : statement.extras() ? statement.extras()->profile : nothing;
    }
    /// What the session asks for itself may always be asked again.
    bool is_idempotent() const noexcept
    {
        return (extras && extras->kind != RequestExtras::Kind::batch) ||
               statement.options().idempotent.value_or(profile->idempotent);
    }
    /// A host that is asked next may have forgotten its statements as well.
    void forget_repairs() noexcept
    {
        is_repaired = false;
        if (extras)
            extras->repaired.clear();
    }
    /// Drops what it was asked, so that a node in a pool holds nothing of anybody's.
    void clear() noexcept
    {
        prepared.reset();
        extras.reset();
        observation.reset();
        statement = Statement{};
        failures.reset();
        race.reset();
        has_plan = stays = is_repaired = is_pinned = false;
    }
    /// Back into its pool, once its frame does not need its values any more.
    void release() noexcept
    {
        if ((is_over = is_lent)) [[unlikely]]
            return;
        clear();
        NodePool<Request>::give_back(*this);
    }
};

inline void RequestList::push_back(Request& request) noexcept
{
    request.list = this;
    request.later = nullptr;
    request.earlier = last_;
    (last_ ? last_->later : first_) = &request;
    last_ = &request;
    ++count_;
}

inline void RequestList::push_front(Request& request) noexcept
{
    request.list = this;
    request.earlier = nullptr;
    request.later = first_;
    (first_ ? first_->earlier : last_) = &request;
    first_ = &request;
    ++count_;
}

inline void RequestList::remove(Request& request) noexcept
{
    (request.earlier ? request.earlier->later : first_) = request.later;
    (request.later ? request.later->earlier : last_) = request.earlier;
    request.list = nullptr;
    --count_;
}

inline Request* RequestList::pop_front() noexcept
{
    auto* request = first_;
    if (request)
        remove(*request);
    return request;
}

}
