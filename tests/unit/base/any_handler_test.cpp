#include <array>
#include <coodie/any_handler.hpp>
#include <coodie/loop.hpp>
#include <doctest/doctest.h>

using coodie::AnyHandler;
using coodie::Loop;

namespace {

struct Counted
{
    int* alive;
    explicit Counted(int& count) : alive{&count} { ++*alive; }
    Counted(const Counted& other) : alive{other.alive} { ++*alive; }
    Counted(Counted&& other) noexcept : alive{other.alive} { ++*alive; }
    ~Counted() { --*alive; }
};

}

TEST_CASE("a handler is called once with its arguments, small or large")
{
    int alive = 0, sum = 0;
    {
        AnyHandler<void(int)> small{[c = Counted{alive}, &sum](int n) { sum += n; }};
        AnyHandler<void(int)> large{
            [c = Counted{alive}, filler = std::array<char, 200>{}, &sum](int n) { sum += n + filler[7]; }};
        auto moved = std::move(small);
        CHECK_FALSE(small);
        small = std::move(large);
        moved.complete(Loop{}, 1);
        small.complete(Loop{}, 10);
        CHECK_FALSE(moved);
        CHECK_FALSE(small);
    }
    CHECK(sum == 11);
    CHECK(alive == 0);
}

TEST_CASE("a handler that is never called is destroyed")
{
    int alive = 0;
    {
        AnyHandler<void()> handler{[c = Counted{alive}] {}};
        AnyHandler<void()> other{[c = Counted{alive}, filler = std::array<char, 100>{}] { (void)filler; }};
        handler = std::move(other);
        CHECK(alive == 1);
    }
    CHECK(alive == 0);
}

TEST_CASE("a handler may destroy what held it")
{
    auto holder = std::make_unique<AnyHandler<void()>>();
    bool called = false;
    *holder = [&] {
        holder.reset();
        called = true;
    };
    auto& handler = *holder;
    handler.complete(Loop{});
    CHECK(called);
}

TEST_CASE("cancelling after the owner is gone does nothing")
{
    static int given_up = 0;
    auto owner = std::make_shared<int>(1);
    const coodie::Canceller cancel{owner, 7,
                                   [](void*, std::uint64_t id) noexcept { given_up += static_cast<int>(id); }};
    cancel();
    owner.reset();
    cancel();
    CHECK(given_up == 7);
}
