#include "frames.hpp"

#include <doctest/doctest.h>
#include <mutex>
#include <thread>

// Bytes that other threads keep while the connection reads on.

using namespace coodie;
using namespace coodie::detail;
using protocol::Opcode;

namespace {

struct Kept
{
    SharedBytes share;
    protocol::Bytes body;
    int number = 0;
};

std::string body_of(int number)
{
    return std::to_string(number) +
           std::string(static_cast<std::size_t>(number % 500), static_cast<char>('a' + number % 26));
}

bool is_intact(const Kept& kept)
{
    return std::ranges::equal(kept.body, std::as_bytes(std::span{std::string_view{body_of(kept.number)}}));
}

/// Answers from one thread to others.
class Exchanged
{
public:
    void put(Kept kept)
    {
        const std::lock_guard lock{mutex_};
        kept_.push_back(std::move(kept));
    }
    void end()
    {
        const std::lock_guard lock{mutex_};
        ended_ = true;
    }
    /// False: there are no more.
    bool take(std::vector<Kept>& kept)
    {
        const std::lock_guard lock{mutex_};
        std::ranges::move(std::exchange(kept_, {}), std::back_inserter(kept));
        return !ended_;
    }

private:
    std::mutex mutex_;
    std::vector<Kept> kept_;
    bool ended_ = false;
};

/// Reads what is there, keeps some of it a while, and drops it.
int count_broken(Exchanged& exchanged)
{
    int broken = 0;
    std::vector<Kept> kept;
    for (bool more = true; more;) {
        more = exchanged.take(kept);
        const auto old = kept.size() > 50 ? kept.size() - 50 : 0;
        for (std::size_t i = 0; i < old; ++i)
            broken += is_intact(kept[i]) ? 0 : 1;
        kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(old));
        std::this_thread::yield();
    }
    for (const auto& last : kept)
        broken += is_intact(last) ? 0 : 1;
    return broken;
}

/// One answer after the other, most of them shared with two threads.
void answer(ConnectionCore& core, Exchanged (&readers)[2], int count)
{
    for (int number = 0; number < count; ++number) {
        Exchange exchange;
        ask(core, exchange);
        core.sent(core.output().size());
        const auto bytes = frame(0, Opcode::result, body_of(number));
        const auto room = core.input_room();
        REQUIRE(room.size() >= bytes.size());
        std::memcpy(room.data(), bytes.data(), bytes.size());
        core.received(bytes.size());
        Answer found;
        REQUIRE(core.next(found) == &exchange);
        for (int reader = 0; reader < number % 3; ++reader)
            readers[reader].put({found.share(), found.body, number});
        REQUIRE(core.next(found) == nullptr);
    }
}

}

TEST_CASE("what other threads keep stays as it is while the connection reads on, and after it")
{
    Exchanged readers[2];
    int broken[2]{-1, -1};
    std::thread first{[&] { broken[0] = count_broken(readers[0]); }};
    std::thread second{[&] { broken[1] = count_broken(readers[1]); }};
    {
        ConnectionCore core{{}};
        core.authenticated({});
        answer(core, readers, 10'000);
    }
    for (auto& reader : readers)
        reader.end();
    first.join();
    second.join();
    CHECK(broken[0] == 0);
    CHECK(broken[1] == 0);
}

TEST_CASE("the reader uses a block again only when nobody else has a share of it")
{
    ReadBuffer buffer;
    auto room = buffer.room();
    buffer.received(100);
    const auto* block = buffer.block();
    {
        const auto share = buffer.block()->share();
        CHECK_FALSE(buffer.block()->is_alone());
        buffer.consume(100);
        CHECK(buffer.room().data() == room.data() + 100);
    }
    CHECK(buffer.block()->is_alone());
    CHECK(buffer.room().data() == room.data());
    CHECK(buffer.block() == block);
}
