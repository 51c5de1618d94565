#include "lib/base/timer_wheel.hpp"

#include <doctest/doctest.h>
#include <random>
#include <vector>

using namespace coodie::detail;
using std::chrono::milliseconds;

namespace {

const Clock::time_point beginning = TimerWheel::time_of(1'000'000);

struct Alarm : Deadline
{
    int rung = 0;
    Alarm()
    {
        expire = [](Deadline& deadline) noexcept { ++static_cast<Alarm&>(deadline).rung; };
    }
};

}

TEST_CASE("a deadline is never early and at most a tick late")
{
    TimerWheel wheel{beginning};
    Alarm alarm;
    wheel.link(alarm, beginning + milliseconds{25});
    wheel.advance(beginning + milliseconds{24});
    CHECK(alarm.rung == 0);
    wheel.advance(beginning + milliseconds{25} + TimerWheel::tick_length);
    CHECK(alarm.rung == 1);
    CHECK_FALSE(alarm.is_linked());
    CHECK(wheel.size() == 0);
}

TEST_CASE("an unlinked deadline never expires")
{
    TimerWheel wheel{beginning};
    Alarm alarm;
    wheel.link(alarm, beginning + milliseconds{10});
    wheel.unlink(alarm);
    wheel.advance(beginning + milliseconds{1000});
    CHECK(alarm.rung == 0);
    CHECK(wheel.next_tick() == TimerWheel::never);
}

TEST_CASE("a deadline further away than the wheel is long waits for its round")
{
    TimerWheel wheel{beginning};
    Alarm alarm;
    wheel.link(alarm, beginning + std::chrono::seconds{30});
    for (int second = 1; second < 30; ++second)
        wheel.advance(beginning + std::chrono::seconds{second});
    CHECK(alarm.rung == 0);
    wheel.advance(beginning + std::chrono::seconds{30} + TimerWheel::tick_length);
    CHECK(alarm.rung == 1);
}

TEST_CASE("a deadline in the past expires at the next tick")
{
    TimerWheel wheel{beginning};
    Alarm alarm;
    wheel.link(alarm, beginning - std::chrono::seconds{5});
    wheel.advance(beginning + TimerWheel::tick_length);
    CHECK(alarm.rung == 1);
}

TEST_CASE("what expires may unlink its neighbours and link itself again")
{
    TimerWheel wheel{beginning};
    struct Rude : Deadline
    {
        TimerWheel* wheel;
        Alarm* neighbour;
        int rung = 0;
    } rude;
    Alarm neighbour;
    rude.wheel = &wheel;
    rude.neighbour = &neighbour;
    rude.expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<Rude&>(deadline);
        if (self.neighbour->is_linked())
            self.wheel->unlink(*self.neighbour);
        if (++self.rung == 1)
            self.wheel->link(self, beginning);
    };
    wheel.link(rude, beginning + milliseconds{10});
    wheel.link(neighbour, beginning + milliseconds{10});
    wheel.advance(beginning + milliseconds{20});
    CHECK(neighbour.rung == 0);
    CHECK(rude.rung == 1);
    wheel.advance(beginning + milliseconds{30});
    CHECK(rude.rung == 2);
}

TEST_CASE("the next tick is where something lies")
{
    TimerWheel wheel{beginning};
    Alarm near, far;
    wheel.link(far, beginning + milliseconds{500});
    CHECK(wheel.next_tick() == far.tick);
    wheel.link(near, beginning + milliseconds{100});
    CHECK(wheel.next_tick() == near.tick);
}

TEST_CASE("random deadlines all expire once, in time, however the clock steps")
{
    std::mt19937 random{7};
    TimerWheel wheel{beginning};
    struct Timed : Alarm
    {
        milliseconds due{};
    };
    std::vector<Timed> alarms(2000);
    for (auto& alarm : alarms) {
        alarm.due = milliseconds{random() % 40'000};
        wheel.link(alarm, beginning + alarm.due);
    }
    for (milliseconds now{0}; now < milliseconds{41'000}; now += milliseconds{random() % 300}) {
        wheel.advance(beginning + now);
        for (const auto& alarm : alarms)
            REQUIRE(alarm.rung == (alarm.due + TimerWheel::tick_length <= now ? 1 : alarm.due > now ? 0 : alarm.rung));
    }
    wheel.advance(beginning + milliseconds{42'000});
    CHECK(wheel.size() == 0);
}
