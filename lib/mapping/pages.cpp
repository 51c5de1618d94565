#include <algorithm>
#include <coodie/mapping/driver_choice.hpp>

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

/// One walk through the pages of an answer: each page asks for the next.
struct Walk : std::enable_shared_from_this<Walk>
{
    Walk(std::shared_ptr<AbstractDriver> on, Statement asked, PageTaker takes,
         AnyHandler<void(std::exception_ptr)> ends)
        : driver{std::move(on)}, statement{std::move(asked)}, taker{std::move(takes)}, handler{std::move(ends)}
    {
    }

    void ask()
    {
        auto on_page = [self = shared_from_this()](std::exception_ptr error, Rows page) {
            self->answer(std::move(error), page);
        };
        DriverAccess::start(*driver, statement, std::move(on_page));
    }
    void answer(std::exception_ptr error, const Rows& page)
    {
        try {
            if (!error) {
                taker.take(taker.target.get(), page);
                if (page.has_more_pages())
                    turn_page(statement, page);
            }
        } catch (...) {
            error = std::current_exception();
        }
        if (error || !page.has_more_pages())
            return handler.complete(DriverAccess::loop(*driver), std::move(error));
        ask();
    }

    std::shared_ptr<AbstractDriver> driver;
    Statement statement;
    PageTaker taker;
    AnyHandler<void(std::exception_ptr)> handler;
};

}

void take_pages(AbstractDriver& driver, Statement statement, void* target, void (*take)(void*, const Rows&))
{
    for (;;) {
        const auto page = driver.execute(statement);
        take(target, page);
        if (!page.has_more_pages())
            return;
        turn_page(statement, page);
    }
}

void start_pages(const std::shared_ptr<AbstractDriver>& driver, Statement statement, PageTaker taker,
                 AnyHandler<void(std::exception_ptr)> handler)
{
    std::make_shared<Walk>(driver, std::move(statement), std::move(taker), std::move(handler))->ask();
}

}
