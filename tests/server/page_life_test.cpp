#include "paged_numbers.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <asio/version.hpp>
#include <coodie/async/pages.hpp>
#include <doctest/doctest.h>
#include <future>
#if ASIO_VERSION >= 102600
#include <asio/deferred.hpp>
namespace tokens = asio;
#else
#include <asio/experimental/deferred.hpp>
namespace tokens = asio::experimental;
#endif

// Where pages are asked for and given, and how they end with what they stand on.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("a cancellation that comes right after a page was asked for is heeded")
{
    asio::io_context here; // signals know no other threads; those of the session end before it
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("numbers").times(1).after(3s);
    setup.session.execute("SELECT"); // nobody runs the loop afterwards
    auto pages = setup.session.pages(numbers);
    asio::cancellation_signal cancel;
    errc code{};
    const auto handler = [&](const std::exception_ptr& failed, const std::optional<Rows>&) { code = ::told(failed); };
    pages.async_next(asio::bind_cancellation_slot(cancel.slot(), asio::bind_executor(here, handler)));
    cancel.emit(asio::cancellation_type::terminal);
    here.run();
    CHECK(code == errc::cancelled);
}

TEST_CASE("a handler that waits for a page is not called by who blocks in another call")
{
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("slow").after(200ms);
    setup.session.execute("SELECT");
    auto pages = setup.session.pages(numbers);
    std::promise<std::thread::id> called_on;
    pages.async_next(
        [&](std::exception_ptr, const std::optional<Rows>&) { called_on.set_value(std::this_thread::get_id()); });
    setup.session.execute("SELECT slow");
    CHECK(called_on.get_future().get() != std::this_thread::get_id());
}

TEST_CASE("a page is asked for at once on a loop that nobody runs")
{
    PagedNumbers setup;
    auto pages = setup.session.pages(numbers, {.prefetch = false});
    auto shortest = std::chrono::steady_clock::duration::max();
    for (int round = 0; round < 5; ++round) {
        setup.session.execute("SELECT");
        const auto begin = std::chrono::steady_clock::now();
        REQUIRE(pages.async_next(asio::use_future).get());
        shortest = std::min(shortest, std::chrono::steady_clock::now() - begin);
    }
    CHECK(shortest < 80ms); // it takes the library's thread 100 ms at least to see what it is not woken for
}

TEST_CASE("a session that only its pages keep ends with them, and logs nothing afterwards")
{
    PagedNumbers setup;
    for (int round = 0; round < 5; ++round) {
        const auto has_ended = std::make_shared<std::atomic<bool>>(false);
        {
            auto options = options_for(setup.cluster);
            options.page_size = 10;
            options.log = [has_ended](LogLevel, std::string_view line) {
                if (line.find("the session ends") != line.npos)
                    *has_ended = true;
            };
            auto pages = Session::connect(options).pages(numbers);
            REQUIRE(pages.next());
        }
        CHECK(*has_ended);
    }
}

TEST_CASE("a handler that waits for a page goes with its context, and with it the pages that it keeps")
{
    for (const bool was_sent : {false, true}) {
        CAPTURE(was_sent);
        PagedNumbers setup;
        std::optional<asio::io_context> context{std::in_place};
        auto options = options_for(setup.cluster);
        options.loops = {loop_of(*context)};
        const std::weak_ptr<detail::LoopState> loop = options.loops.front().state();
        auto pages = std::make_shared<Pages>(Session::connect(options).pages(numbers));
        options.loops.clear();
        setup.cluster.on(Opcode::query).containing("numbers").held();
        bool called = false;
        pages->async_next([pages, &called](std::exception_ptr, const std::optional<Rows>&) { called = true; });
        pages.reset();
        while (was_sent && setup.asked() == 0)
            context->run_one_for(10ms);
        context.reset();
        CHECK(loop.expired());
        CHECK_FALSE(called);
    }
}

template <class Range>
concept begins = requires(Range&& range) { std::forward<Range>(range).begin(); };
static_assert(begins<Pages&> && begins<PagedRows&>);
static_assert(!begins<Pages> && !begins<PagedRows>); // the iterator would outlive them

TEST_CASE("a page may be asked for by what was made of pages that are gone: it is told so")
{
    PagedNumbers setup;
    auto ask = setup.session.pages(numbers).async_next(tokens::deferred);
    std::promise<std::exception_ptr> told;
    std::move(ask)([&](std::exception_ptr failed, const std::optional<Rows>&) { told.set_value(std::move(failed)); });
    CHECK(::told(told.get_future().get()) == errc::cancelled);
    CHECK(setup.asked() == 0);
}
