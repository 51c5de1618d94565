#include "lib/base/block_on.hpp"
#include "lib/base/loop_executor.hpp"
#include "lib/base/run_on.hpp"
#include <asio/io_context.hpp>
#include <doctest/doctest.h>
#include <optional>

using namespace coodie;
using namespace coodie::detail;

namespace {

struct Tenant : Resident
{
    LoopState& loop;
    int evicted = 0;
    bool in_turn = false;

    explicit Tenant(LoopState& l) : loop{l}
    {
        evict = [](Resident& resident) noexcept {
            auto& self = static_cast<Tenant&>(resident);
            ++self.evicted;
            self.in_turn = self.loop.in_turn() && self.loop.is_ending();
            self.loop.move_out(self);
        };
    }
    ~Tenant() { loop.move_out(*this); }
};

struct Place
{
    std::optional<asio::io_context> context{std::in_place};
    Loop loop = loop_of_context(*context);
    LoopState& state() const { return *loop.state(); }
};

}

TEST_CASE("a context that is destroyed evicts those who live on its loops, once and inside a turn")
{
    Place place;
    const auto other = loop_of_context(*place.context);
    Tenant stays{place.state()}, moved{place.state()}, second{place.state()}, elsewhere{*other.state()};
    for (auto* tenant : {&stays, &moved, &second})
        place.state().move_in(*tenant);
    other.state()->move_in(elsewhere);
    place.state().move_out(moved);
    place.context.reset();
    for (const auto* tenant : {&stays, &second, &elsewhere}) {
        CHECK(tenant->evicted == 1);
        CHECK(tenant->in_turn);
    }
    CHECK(moved.evicted == 0);
    CHECK(place.state().has_ended());
    CHECK_FALSE(place.state().is_ending());
    CHECK_FALSE(place.loop.is_current());
}

TEST_CASE("what waits for a loop is dropped with its context, and not run")
{
    Place place;
    const auto held = std::make_shared<int>(0);
    run_later(place.state(), [held] { ++*held; });
    run_on(place.state(), [held] { ++*held; });
    CHECK(held.use_count() == 3);
    place.context.reset();
    CHECK(held.use_count() == 1);
    CHECK(*held == 0);
}

TEST_CASE("without its context a loop is run by whoever gives it work")
{
    Place place;
    place.context.reset();
    std::vector<int> order;
    run_on(place.state(), [&] {
        run_later(place.state(), [&] { order.push_back(2); });
        order.push_back(1);
    });
    run_later(place.state(), [&] { order.push_back(3); });
    CHECK(order == std::vector{1, 2, 3});
    const auto answer = block_on<int>(place.loop, [&](AnyHandler<void(std::exception_ptr, int)> handler) {
        run_later(place.state(), [h = std::make_shared<AnyHandler<void(std::exception_ptr, int)>>(std::move(handler)),
                                  loop = place.loop] { h->complete(loop, nullptr, 4); });
    });
    CHECK(answer == 4);
}

TEST_CASE("a loop that goes before its context is told nothing when that ends")
{
    asio::io_context context;
    const std::weak_ptr<LoopState> gone = loop_of_context(context).state();
    CHECK(gone.expired());
}
