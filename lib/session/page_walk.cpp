#include "lib/session/page_walk.hpp"

#include "lib/base/run_on.hpp"

namespace coodie::detail {

/// Completes a page, and passes a cancellation on to it.
struct PageWalk::Step
{
    std::shared_ptr<PageWalk> walk;

    static void complete(Step&& self, const Loop&, std::exception_ptr failure, Rows rows)
    {
        std::exchange(self.walk, nullptr)->arrived(std::move(failure), std::move(rows));
    }
    static bool on_cancel(Step& self, Canceller canceller)
    {
        const std::lock_guard lock{self.walk->mutex_};
        self.walk->under_way_ = std::move(canceller);
        return true;
    }
};

PageWalk::PageWalk(Session session, Statement statement, const PagesOptions& options)
    : session_{std::move(session)}, prefetch_{options.prefetch}, cursor_{std::move(statement)}
{
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
        ask(Caller::loop);
    return page;
}

void PageWalk::next(PageHandler handler, Caller caller)
{
    if (handler.cancellable())
        handler.on_cancel(
            {weak_from_this(), 0, [](void* self, std::uint64_t) noexcept { static_cast<PageWalk*>(self)->cancel(); }});
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
        ask(caller);
    if (page)
        give({std::move(handler), caller}, std::move(*page));
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
void PageWalk::ask(Caller caller)
{
    const auto loop = session_.loop();
    if (caller == Caller::blocks || !loop)
        return send();
    run_later(*loop.state(), [self = shared_from_this()] { self->send(); });
}

void PageWalk::send()
{
    std::optional<Statement> statement;
    {
        const std::lock_guard lock{mutex_};
        if (!is_dropped_)
            statement = cursor_.statement();
    }
    if (!statement)
        return arrived(Error{errc::cancelled, "the pages were dropped"}.as_exception(), {});
    SessionAccess::execute(session_, std::move(*statement),
                           RowsHandler{std::in_place_type<Step>, Step{shared_from_this()}});
}

void PageWalk::arrived(std::exception_ptr failure, Rows rows)
{
    Page page{std::move(failure), std::nullopt};
    std::optional<Waiting> waiting;
    bool asks = false;
    {
        const std::lock_guard lock{mutex_};
        is_asked_ = false;
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
        ask(waiting->caller);
    if (waiting)
        give(std::move(*waiting), std::move(page));
}

void PageWalk::give(Waiting waiting, Page page) const
{
    const auto loop = session_.loop();
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
        if (waiting_)
            under_way = under_way_;
    }
    under_way();
}

void PageWalk::drop() noexcept
{
    Canceller under_way;
    {
        const std::lock_guard lock{mutex_};
        is_dropped_ = true;
        ready_.reset();
        under_way = under_way_;
    }
    under_way();
}

}
