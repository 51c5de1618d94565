#include <coodie/pages.hpp>

#include "lib/base/block_on.hpp"
#include "lib/session/page_walk.hpp"

namespace coodie {

using detail::PageHandler;
using detail::PageWalk;

Pages::Pages(Session session, Statement statement, const PagesOptions& options)
    : walk_{std::make_shared<PageWalk>(std::move(session), std::move(statement), options)}
{
}

Pages::Pages(Pages&&) noexcept = default;

Pages& Pages::operator=(Pages&& other) noexcept
{
    const Pages former{std::move(*this)};
    walk_ = std::move(other.walk_);
    return *this;
}

Pages::~Pages()
{
    if (walk_)
        walk_->drop();
}

std::optional<Rows> Pages::next()
{
    if (auto page = walk_->take()) {
        if (page->failure)
            std::rethrow_exception(page->failure);
        return std::move(page->rows);
    }
    return detail::block_on<std::optional<Rows>>(
        walk_->loop(), [&](PageHandler handler) { walk_->next(std::move(handler), PageWalk::Caller::blocks); });
}

Loop detail::PagesAccess::loop(const Pages& pages) noexcept
{
    return pages.walk_->loop();
}

void detail::PagesAccess::next(const std::shared_ptr<PageWalk>& walk, PageHandler handler)
{
    walk->next(std::move(handler), PageWalk::Caller::loop);
}

Pages Session::pages(Statement statement)
{
    return {*this, std::move(statement), PagesOptions{}};
}

Pages Session::pages(Statement statement, const PagesOptions& options)
{
    return {*this, std::move(statement), options};
}

}
