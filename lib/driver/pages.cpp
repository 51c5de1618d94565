#include <algorithm>
#include <coodie/mapping/driver_choice.hpp>

#include "lib/driver/chain.hpp"

namespace coodie::detail {

namespace {

/// Asks for the page behind this one. Errors: ProtocolError when the server sends one empty page for ever.
void turn_page(Statement& statement, const Rows& page)
{
    const auto state = page.paging_state();
    const auto* asked = statement.extras();
    if (page.empty() && asked && std::ranges::equal(asked->paging_state, state))
        Error{errc::protocol, "the server answered with the same empty page twice; the walk through the pages ends "
                              "here, ask again from the start"}
            .raise();
    statement.paging_state({state.begin(), state.end()});
}

/// Takes the rows of a page. False: enough, or the last page.
bool take_page(const PageTaker& taker, Statement& statement, const Rows& page)
{
    if (taker.take(taker.target, page) >= taker.enough || !page.has_more_pages())
        return false;
    turn_page(statement, page);
    return true;
}

/// One walk through the pages of an answer: each page says what to ask next.
class Walk : public Chain
{
public:
    Walk(std::shared_ptr<AbstractDriver> driver, Statement statement, PageTaker taker,
         std::shared_ptr<void> keeps_target, Handler handler)
        : Chain{std::move(driver), std::move(handler)}, statement_{std::move(statement)}, taker_{taker},
          target_{std::move(keeps_target)}
    {
    }

private:
    std::optional<Statement> next() override { return more_ ? std::optional{statement_} : std::nullopt; }
    void answered(const Rows& page) override
    {
        ++pages_;
        more_ = take_page(taker_, statement_, page);
    }
    std::string progress() const override { return std::to_string(pages_) + " pages"; }

    Statement statement_;
    PageTaker taker_;
    std::shared_ptr<void> target_;
    std::size_t pages_ = 0;
    bool more_ = true;
};

}

void take_pages(AbstractDriver& driver, Statement statement, PageTaker taker)
{
    while (take_page(taker, statement, driver.execute(statement))) {
    }
}

void start_pages(const std::shared_ptr<AbstractDriver>& driver, Statement statement, PageTaker taker,
                 std::shared_ptr<void> keeps_target, AnyHandler<void(std::exception_ptr)> handler)
{
    std::make_shared<Walk>(driver, std::move(statement), taker, std::move(keeps_target), std::move(handler))->start();
}

}
