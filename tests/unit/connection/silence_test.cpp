#include "lib/connection/silence.hpp"

#include <doctest/doctest.h>

using namespace coodie::detail;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t much = 1 << 20;

/// Parts of the silence pass; what the server shows in each of them is told.
struct Watched
{
    Silence silence;
    Silence::Signs signs{};

    Watched() { silence.begin(signs); }
    void hears() { signs.heard += 1ms; }
    void takes(std::uint64_t bytes) { signs.taken += bytes; }
    Silence::Verdict part_over() { return silence.part_over(signs); }
};

}

TEST_CASE("a server that owes answers is asked after two parts of silence, and is gone after two more")
{
    Watched server;
    CHECK(server.part_over() == Silence::Verdict::there);
    CHECK(server.part_over() == Silence::Verdict::doubtful);
    CHECK(server.part_over() == Silence::Verdict::there);
    CHECK(server.part_over() == Silence::Verdict::gone);
}

TEST_CASE("sc-15: whatever a server says, late or early, begins its silence anew")
{
    Watched server;
    for (int round = 0; round < 10; ++round) {
        CHECK(server.part_over() == Silence::Verdict::there);
        CHECK(server.part_over() == Silence::Verdict::doubtful);
        CHECK(server.part_over() == Silence::Verdict::there);
        server.hears();
        CHECK(server.part_over() == Silence::Verdict::there);
    }
}

TEST_CASE("a server that takes much, slowly, is there; one whose machine takes what little it gets may be frozen")
{
    for (const auto waiting : {std::uint64_t{100}, much}) {
        CAPTURE(waiting);
        Watched server;
        server.signs.waiting = waiting;
        server.silence.begin(server.signs);
        bool is_gone = false;
        for (int part = 0; part < 10; ++part) {
            server.takes(50);
            is_gone = is_gone || server.part_over() == Silence::Verdict::gone;
        }
        CHECK(is_gone == (waiting != much));
    }
}

TEST_CASE("a server that has stopped taking what waits for it is gone")
{
    Watched server;
    server.signs.waiting = much;
    server.silence.begin(server.signs);
    server.takes(1);
    CHECK(server.part_over() == Silence::Verdict::there);
    for (int part = 0; part < 3; ++part)
        CHECK(server.part_over() != Silence::Verdict::gone);
    CHECK(server.part_over() == Silence::Verdict::gone);
}
