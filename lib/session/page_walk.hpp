#pragma once

#include "lib/session/page_cursor.hpp"
#include <coodie/pages.hpp>
#include <mutex>

namespace coodie::detail {

/// What lies behind Pages: at most one page is on its way, at most one waits to be taken, at most one handler waits.
/// Lifetime: the page that is on its way keeps it. Threads: any.
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

    Loop loop() const noexcept { return session_.loop(); }
    /// A page that is there already, or that there is no other one. None: it has to be waited for.
    std::optional<Page> take();
    void next(PageHandler handler, Caller caller);
    /// Nobody wants a page any more.
    void drop() noexcept;

private:
    struct Step;
    struct Waiting
    {
        PageHandler handler;
        Caller caller;
    };

    std::optional<Page> take_ready() noexcept;
    bool begin_ahead(const Page& page) noexcept;
    void ask(Caller caller);
    void send();
    void arrived(std::exception_ptr failure, Rows rows);
    void give(Waiting waiting, Page page) const;
    void cancel() noexcept;

    Session session_;
    const bool prefetch_;
    std::mutex mutex_; ///< of what follows
    PageCursor cursor_;
    std::optional<Page> ready_;
    std::optional<Waiting> waiting_;
    Canceller under_way_;
    bool is_asked_ = false;
    bool is_dropped_ = false;
};

}
