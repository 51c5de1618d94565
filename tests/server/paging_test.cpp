#include "paged_numbers.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/use_future.hpp>
#include <coodie/async/pages.hpp>
#include <coodie/metrics.hpp>
#include <doctest/doctest.h>
#include <future>

// Answers of more than one page.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

int id_of(const Row& row)
{
    return row["id"].as<int>();
}

/// Takes the rest of the rows, which must be all from `first` on.
void check_rest(Pages pages, int first, int last)
{
    int expected = first;
    for (const Row row : std::move(pages).rows())
        CHECK(id_of(row) == expected++);
    CHECK(expected == last);
}

}

TEST_CASE("cpp-40: paging walks through all rows, page by page")
{
    PagedNumbers setup;
    std::vector<std::size_t> sizes;
    for (const Rows& page : setup.session.pages(numbers))
        sizes.push_back(page.size());
    CHECK(sizes == std::vector<std::size_t>{10, 10, 10, 10, 10, 10, 10, 10, 10, 5});
    check_rest(setup.session.pages(numbers), 0, 95);
    check_rest(setup.session.pages(numbers, {.prefetch = false}), 0, 95);
}

TEST_CASE("cpp-40: an empty table ends at once, and so does a statement without rows")
{
    PagedNumbers setup{0};
    check_rest(setup.session.pages(numbers), 0, 0);
    check_rest(setup.session.pages("INSERT"), 0, 0);
}

TEST_CASE("cpp-40: a page's paging state can be saved, and another session goes on behind it")
{
    PagedNumbers setup;
    auto pages = setup.session.pages(numbers);
    (void)pages.next();
    const auto second = pages.next();
    REQUIRE(second);
    const std::vector<std::byte> saved{second->paging_state().begin(), second->paging_state().end()};
    auto options = options_for(setup.cluster);
    options.page_size = 33;
    auto other = Session::connect(options);
    Statement statement{numbers};
    statement.paging_state(saved);
    check_rest(other.pages(statement), 20, 95);
}

TEST_CASE("the page behind one is asked for while that is read, and no other one")
{
    PagedNumbers setup;
    auto pages = setup.session.pages(numbers);
    CHECK(setup.asked() == 0);
    REQUIRE(pages.next());
    CHECK(setup.is_asked(2));
    std::this_thread::sleep_for(50ms); // for what must not come
    CHECK(setup.asked() == 2);
    REQUIRE(pages.next());
    CHECK(setup.is_asked(3));
}

TEST_CASE("without prefetch a page is asked for when it is wanted")
{
    PagedNumbers setup;
    auto pages = setup.session.pages(numbers, {.prefetch = false});
    REQUIRE(pages.next());
    std::this_thread::sleep_for(50ms); // for what must not come
    CHECK(setup.asked() == 1);
    REQUIRE(pages.next());
    CHECK(setup.asked() == 2);
}

TEST_CASE("sc-55: options are carried to every page, and after a page that failed the same one is next")
{
    PagedNumbers setup;
    Statement statement{numbers};
    statement.options().consistency = Consistency::quorum;
    statement.options().page_size = 20;
    setup.cluster.on(Opcode::query).containing("numbers").nth(3).reply(error(errc::read_timeout, "slow"));
    auto pages = setup.session.pages(statement);
    REQUIRE(pages.next());
    REQUIRE(pages.next());
    CHECK(code_of([&] { (void)pages.next(); }) == errc::read_timeout);
    check_rest(std::move(pages), 40, 95);
    for (const auto& request : setup.cluster.recorded(requests(Opcode::query).containing("numbers"))) {
        CHECK(request.consistency == Consistency::quorum);
        CHECK(request.page_size == 20);
    }
}

TEST_CASE("sc-56: pages without rows are walked through")
{
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("numbers").times(3).reply([](const RecordedRequest& request) {
        const auto number = static_cast<std::byte>(
            request.paging_state.size() == 1 ? std::to_integer<int>(request.paging_state.front()) + 1 : 1);
        return page(no_rows<int>({"id"}), {number});
    });
    int pages = 0, found = 0;
    setup.cluster.on(Opcode::query).containing("numbers").nth(4).reply(rows({"id"}, row(7)));
    for (const Rows& page : setup.session.pages(numbers)) {
        ++pages;
        for (const Row row : page)
            found += id_of(row);
    }
    CHECK(pages == 4);
    CHECK(found == 7);
}

TEST_CASE("sc-56: a server that sends the walk round in a circle gets an error, not a client for ever")
{
    for (const auto* rows_or_none : {"rows", "none"}) {
        CAPTURE(rows_or_none);
        PagedNumbers setup;
        const bool has_rows = rows_or_none == std::string_view{"rows"};
        setup.cluster.on(Opcode::query).containing("numbers").reply([has_rows](const RecordedRequest& request) {
            const auto next = request.paging_state == std::vector{std::byte{1}} ? std::byte{2} : std::byte{1};
            return page(has_rows ? rows({"id"}, row(1)) : no_rows<int>({"id"}), {next});
        });
        const auto error = error_of([&] {
            for ([[maybe_unused]] const Rows& page : setup.session.pages(numbers))
                REQUIRE(setup.asked() < 100);
        });
        REQUIRE(error);
        CHECK(error.code() == errc::protocol);
        CHECK(error.message().find("circle") != std::string::npos);
    }
}

TEST_CASE("sc-57: pages that are dropped in the middle give up what they have asked for")
{
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("numbers").nth(2).held();
    {
        auto pages = setup.session.pages(numbers);
        REQUIRE(pages.next());
        CHECK(setup.is_asked(2));
    }
    CHECK(becomes_true([&] { return setup.session.metrics().given_up == 1; }));
    CHECK(setup.session.metrics().requests_failed == std::map<errc, std::uint64_t>{{errc::cancelled, 1}});
    setup.cluster.release();
    CHECK(becomes_true([&] { return setup.session.metrics().late_answers == 1; }));
}

TEST_CASE("pages are taken by completion tokens")
{
    PagedNumbers setup;
    auto pages = setup.session.pages(numbers);
    int seen = 0;
    while (const auto page = pages.async_next(asio::use_future).get())
        for (const Row row : *page)
            CHECK(id_of(row) == seen++);
    CHECK(seen == 95);
    CHECK(!pages.async_next(asio::use_future).get());
}

TEST_CASE("a handler may ask for the next page")
{
    PagedNumbers setup{1'000};
    auto pages = setup.session.pages(numbers);
    Gate done;
    int seen = 0;
    std::function<void(std::exception_ptr, std::optional<Rows>)> take = [&](const std::exception_ptr& failed,
                                                                            const std::optional<Rows>& page) {
        if (failed || !page)
            return done.open();
        seen += static_cast<int>(page->size());
        pages.async_next(take);
    };
    pages.async_next(take);
    done.wait();
    CHECK(seen == 1'000);
}

TEST_CASE("two cannot wait for pages of one walk at a time")
{
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("numbers").times(1).held();
    auto pages = setup.session.pages(numbers);
    auto first = pages.async_next(asio::use_future);
    auto second = pages.async_next(asio::use_future);
    CHECK(code_of([&] { (void)second.get(); }) == errc::invalid_query);
    CHECK(setup.is_asked(1));
    setup.cluster.release();
    CHECK(first.get()->size() == 10);
}

TEST_CASE("a page that is waited for is given up with its handler, and is next again")
{
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("numbers").times(1).held();
    auto pages = setup.session.pages(numbers);
    asio::cancellation_signal cancel;
    std::promise<std::exception_ptr> told;
    pages.async_next(
        asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr failed, const std::optional<Rows>&) {
            told.set_value(std::move(failed));
        }));
    CHECK(setup.is_asked(1));
    cancel.emit(asio::cancellation_type::terminal);
    CHECK(::told(told.get_future().get()) == errc::cancelled);
    check_rest(std::move(pages), 0, 95);
}

TEST_CASE("pages that go while a handler waits call it")
{
    PagedNumbers setup;
    setup.cluster.on(Opcode::query).containing("numbers").times(1).held();
    std::promise<std::exception_ptr> told;
    {
        auto pages = setup.session.pages(numbers);
        pages.async_next(
            [&](std::exception_ptr failed, const std::optional<Rows>&) { told.set_value(std::move(failed)); });
        CHECK(setup.is_asked(1));
    }
    CHECK(::told(told.get_future().get()) == errc::cancelled);
}

TEST_CASE("pages of a session that was never connected, or was closed, say so")
{
    CHECK(code_of([] { (void)Session{}.pages("SELECT").next(); }) == errc::closed);
    PagedNumbers setup;
    auto pages = setup.session.pages(numbers);
    REQUIRE(pages.next());
    CHECK(setup.is_asked(2));
    setup.session.close();
    CHECK(code_of([&] {
              for ([[maybe_unused]] const Rows& page : pages) {
              }
          }) == errc::closed);
}
