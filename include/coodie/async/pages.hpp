#pragma once

#include <coodie/async.hpp>
#include <coodie/pages.hpp>

// The async_ names of Pages.

namespace coodie {

/// Completes with void(std::exception_ptr, std::optional<Rows>); none: the last page was given. One at a time.
/// Cancelling gives the page up that is on its way; it is next again.
template <class Token> auto Pages::async_next(Token&& token)
{
    return detail::initiate<void(std::exception_ptr, std::optional<Rows>)>(
        detail::PagesAccess::loop(*this),
        [](const Loop&, const std::shared_ptr<detail::PageWalk>& walk, detail::PageHandler handler) {
            detail::PagesAccess::next(walk, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), walk_);
}

}
