#pragma once

#include "lib/base/page_cursor.hpp"
#include <coodie/pages.hpp>
#include <mutex>

namespace coodie::detail {

/// What lies behind Pages: at most one page is on its way, at most one waits to be taken, at most one handler waits.
/// Lifetime: the page that is on its way keeps it, but not the session once the pages were dropped. Threads: any.
class PageWalk : public std::enable_shared_from_this<PageWalk>
{
public:
    /// Where a handler is called that waits.
    enum class Caller : std::uint8_t
    {
        blocks, ///< at once: it only wakes somebody
        loop,   ///< where code of the user's may run
    };

    struct Page
    {
        std::exception_ptr failure;
        std::optional<Rows> rows; ///< none: the last one was given
    };

    PageWalk(Session session, Statement statement, const PagesOptions& options);

    Loop loop() const;
    /// A page that is there already, or that there is no other one. None: it has to be waited for.
    std::optional<Page> take();
    void next(PageHandler handler, Caller caller);
    /// Nobody wants a page any more. The session, if this was its last handle, ends here and not where the page comes.
    void drop() noexcept;

private:
    class Step;
    struct Waiting
    {
        PageHandler handler;
        Caller caller;
    };
    struct Asking
    {
        Session session;
        Statement statement;
    };

    std::optional<Page> take_ready() noexcept;
    bool begin_ahead(const Page& page) noexcept;
    void ask(const Loop& loop, Caller caller);
    void send(const Loop& loop, Step step);
    std::optional<Asking> what_to_ask() const;
    void sent(const Canceller& canceller);
    void arrived(const Loop& loop, std::exception_ptr failure, Rows rows);
    void was_dropped() noexcept;
    static void give(const Loop& loop, Waiting waiting, Page page);
    void cancel() noexcept;

    const bool prefetch_;
    /// Held while a page is asked for, which needs a copy of the session: the last handle must not be that one. The
    /// user's observer is called meanwhile, which may drop the pages.
    std::recursive_mutex asking_;
    mutable std::mutex mutex_; ///< of what follows
    Session session_;
    PageCursor cursor_;
    std::optional<Page> ready_;
    std::optional<Waiting> waiting_;
    Canceller under_way_; ///< of the page that is on its way, once it was sent
    bool is_asked_ = false;
    bool is_given_up_ = false; ///< the page that is on its way
    bool is_dropped_ = false;
};

}
