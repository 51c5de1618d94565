#include <coodie/mapping/driver_choice.hpp>

#include "lib/base/page_cursor.hpp"
#include "lib/driver/chain.hpp"

namespace coodie::detail {

namespace {

/// Takes the rows of a page. False: enough, or the last page.
bool take_page(const PageTaker& taker, PageCursor& cursor, const Rows& page)
{
    if (taker.take(taker.target, page) >= taker.enough)
        return false;
    if (auto error = cursor.turn(page))
        error.raise();
    return cursor.has_more();
}

/// One walk through the pages of an answer: each page says what to ask next.
class Walk : public Chain
{
public:
    Walk(std::shared_ptr<AbstractDriver> driver, Statement statement, PageTaker taker,
         std::shared_ptr<void> keeps_target, Handler handler)
        : Chain{std::move(driver), std::move(handler)}, cursor_{std::move(statement)}, taker_{taker},
          target_{std::move(keeps_target)}
    {
    }

private:
    std::optional<Statement> next() override { return more_ ? std::optional{cursor_.statement()} : std::nullopt; }
    void answered(const Rows& page) override
    {
        ++pages_;
        more_ = take_page(taker_, cursor_, page);
    }
    std::string progress() const override { return std::to_string(pages_) + " pages"; }

    PageCursor cursor_;
    PageTaker taker_;
    std::shared_ptr<void> target_;
    std::size_t pages_ = 0;
    bool more_ = true;
};

}

void take_pages(AbstractDriver& driver, Statement statement, PageTaker taker)
{
    PageCursor cursor{std::move(statement)};
    while (take_page(taker, cursor, driver.execute(cursor.statement()))) {
    }
}

void start_pages(const std::shared_ptr<AbstractDriver>& driver, Statement statement, PageTaker taker,
                 std::shared_ptr<void> keeps_target, AnyHandler<void(std::exception_ptr)> handler)
{
    std::make_shared<Walk>(driver, std::move(statement), taker, std::move(keeps_target), std::move(handler))->start();
}

}
