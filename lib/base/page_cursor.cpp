#include "lib/base/page_cursor.hpp"

#include <algorithm>

namespace coodie::detail {

Error PageCursor::turn(const Rows& page)
{
    const auto state = page.paging_state();
    if (page.has_more_pages()) {
        if (auto error = remember(state))
            return error;
        statement_.paging_state({state.begin(), state.end()});
    }
    has_more_ = page.has_more_pages();
    return {};
}

Error PageCursor::remember(std::span<const std::byte> state)
{
    if (turns_ == 0)
        if (const auto* asked = statement_.extras())
            landmark_ = asked->paging_state; // a walk may begin in the middle
    if (std::ranges::equal(landmark_, state))
        return {errc::protocol, "the server sends the walk through the pages round in a circle: the page behind this "
                                "one was read before; ask again from the start"};
    if (++turns_ == next_landmark_) {
        landmark_.assign(state.begin(), state.end());
        next_landmark_ *= 2;
    }
    return {};
}

}
