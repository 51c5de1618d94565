#include "lib/session/page_walk.hpp"

#include "lib/base/run_on.hpp"

namespace coodie::detail {

/// A page that was asked for: completes it, and passes a cancellation on to it. Destroyed uncalled where the context
/// goes that was to send or to answer it.
class PageWalk::Step
{
public:
    explicit Step(std::shared_ptr<PageWalk> walk) noexcept : walk_{std::move(walk)} {}
    Step(Step&&) noexcept = default;
    Step& operator=(Step&&) = delete;
    ~Step()
    {
        if (walk_)
            walk_->was_dropped();
    }

    static void complete(Step&& self, const Loop& loop, std::exception_ptr failure, Rows rows)
    {
        std::exchange(self.walk_, nullptr)->arrived(loop, std::move(failure), std::move(rows));
    }
    static bool on_cancel(Step& self, const Canceller& canceller)
    {
        self.walk_->sent(canceller);
        return true;
    }

private:
    std::shared_ptr<PageWalk> walk_;
};

PageWalk::PageWalk(Session session, Statement statement, const PagesOptions& options)
    : prefetch_{options.prefetch}, session_{std::move(session)}, cursor_{std::move(statement)}
{
}

Loop PageWalk::loop() const
{
    const std::lock_guard lock{mutex_};
    return session_.loop();
}

std::optional<PageWalk::Page> PageWalk::take()
{
    std::optional<Page> page;
    bool asks = false;
    {
        const std::lock_guard lock{mutex_};
        page = take_ready();
        asks = page && begin_ahead(*page);
    }
    if (asks)
        ask(loop(), Caller::loop);
    return page;
}

void PageWalk::next(PageHandler handler, Caller caller)
{
    if (handler.cancellable())
        handler.on_cancel(
            {weak_from_this(), 0, [](void* self, std::uint64_t) noexcept { static_cast<PageWalk*>(self)->cancel(); }});
    const auto on = loop();
    std::optional<Page> page;
    bool asks = false;
    {
        const std::lock_guard lock{mutex_};
        if (waiting_)
            page.emplace(
                Error{errc::invalid_query, "a page is waited for already; ask for one after the other"}.as_exception());
        else if ((page = take_ready()))
            asks = begin_ahead(*page);
        else {
            waiting_.emplace(std::move(handler), caller);
            asks = !std::exchange(is_asked_, true);
        }
    }
    if (asks)
        ask(on, caller);
    if (page)
        give(on, {std::move(handler), caller}, std::move(*page));
}

std::optional<PageWalk::Page> PageWalk::take_ready() noexcept
{
    auto page = std::exchange(ready_, std::nullopt);
    if (!page && !is_asked_ && !cursor_.has_more())
        page.emplace();
    return page;
}

/// Whether the page behind one that is given is to be asked for now.
bool PageWalk::begin_ahead(const Page& given) noexcept
{
    const bool asks = prefetch_ && given.rows && cursor_.has_more() && !is_asked_ && !is_dropped_;
    is_asked_ = is_asked_ || asks;
    return asks;
}

/// What nobody waits for on a loop that a caller leads would be left to that caller.
void PageWalk::ask(const Loop& loop, Caller caller)
{
    Step step{shared_from_this()};
    if (caller == Caller::blocks || !loop)
        return send(loop, std::move(step));
    run_later(*loop.state(),
              [this, loop, step = std::make_shared<Step>(std::move(step))] { send(loop, std::move(*step)); });
}

void PageWalk::send(const Loop& loop, Step step)
{
    const auto self = shared_from_this(); // the answer may be there at once
    const std::lock_guard asking{asking_};
    auto asked = what_to_ask();
    if (!asked)
        return Step::complete(std::move(step), loop, Error{errc::cancelled, "the page was given up"}.as_exception(),
                              {});
    SessionAccess::execute(asked->session, std::move(asked->statement),
                           RowsHandler{std::in_place_type<Step>, std::move(step)});
}

std::optional<PageWalk::Asking> PageWalk::what_to_ask() const
{
    const std::lock_guard lock{mutex_};
    if (is_dropped_ || is_given_up_)
        return std::nullopt;
    return Asking{session_, cursor_.statement()};
}

/// A cancellation may have come while it was.
void PageWalk::sent(const Canceller& canceller)
{
    std::unique_lock lock{mutex_};
    under_way_ = canceller;
    const bool is_unwanted = is_dropped_ || is_given_up_;
    lock.unlock();
    if (is_unwanted)
        canceller();
}

void PageWalk::arrived(const Loop& loop, std::exception_ptr failure, Rows rows)
{
    Page page{std::move(failure), std::nullopt};
    std::optional<Waiting> waiting;
    bool asks = false;
    {
        const std::lock_guard lock{mutex_};
        is_asked_ = false;
        is_given_up_ = false;
        under_way_ = {};
        if (!page.failure)
            page.failure = cursor_.turn(rows).as_exception();
        if (!page.failure)
            page.rows = std::move(rows);
        waiting = std::exchange(waiting_, std::nullopt);
        if (waiting)
            asks = begin_ahead(page);
        else if (!is_dropped_)
            ready_ = std::move(page);
    }
    if (asks)
        ask(loop, waiting->caller);
    if (waiting)
        give(loop, std::move(*waiting), std::move(page));
}

/// Nobody is called. The handler that waits may hold what holds the pages.
void PageWalk::was_dropped() noexcept
{
    std::optional<Waiting> waiting;
    const std::lock_guard lock{mutex_};
    is_asked_ = false;
    is_given_up_ = false;
    under_way_ = {};
    waiting.swap(waiting_);
}

void PageWalk::give(const Loop& loop, Waiting waiting, Page page)
{
    if (waiting.caller == Caller::blocks || !loop)
        return waiting.handler.complete(loop, std::move(page.failure), std::move(page.rows));
    struct Delivery
    {
        Waiting waiting;
        Page page;
    };
    run_later(*loop.state(), [loop, d = std::make_shared<Delivery>(std::move(waiting), std::move(page))] {
        d->waiting.handler.complete(loop, std::move(d->page.failure), std::move(d->page.rows));
    });
}

/// The page that a handler waits for; one that was asked for ahead stays.
void PageWalk::cancel() noexcept
{
    Canceller under_way;
    {
        const std::lock_guard lock{mutex_};
        is_given_up_ = waiting_.has_value();
        if (waiting_)
            under_way = under_way_;
    }
    under_way();
}

void PageWalk::drop() noexcept
{
    Session session;
    Canceller under_way;
    {
        const std::lock_guard lock{mutex_};
        is_dropped_ = true;
        ready_.reset();
        under_way = under_way_;
        session = std::exchange(session_, {});
    }
    under_way();
    const std::lock_guard asked{asking_};
}

}
