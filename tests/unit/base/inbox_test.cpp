#include "lib/base/inbox.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <thread>
#include <vector>

using namespace coodie::detail;

TEST_CASE("only the push that finds the loop perhaps asleep asks for waking it")
{
    Inbox inbox;
    Task a, b, c;
    CHECK(inbox.push(a));
    CHECK_FALSE(inbox.push(b));
    inbox.open();
    auto* taken = inbox.take();
    CHECK(taken == &a);
    CHECK(taken->next == &b);
    CHECK(taken->next->next == nullptr);
    CHECK_FALSE(inbox.push(c));
    CHECK_FALSE(inbox.close());
    CHECK(inbox.take() == &c);
    CHECK(inbox.close());
    CHECK_FALSE(inbox.has_tasks());
    CHECK(inbox.push(a));
}

TEST_CASE("every task of many threads arrives once, in its thread's order")
{
    struct Numbered : Task
    {
        int thread = 0;
        int number = 0;
    };
    constexpr int threads = 4, each = 5000;
    std::vector<Numbered> tasks(threads * each);
    Inbox inbox;
    std::atomic<int> pushed{0};
    std::vector<std::thread> pushers;
    for (int t = 0; t < threads; ++t)
        pushers.emplace_back([&, t] {
            for (int n = 0; n < each; ++n) {
                auto& task = tasks[static_cast<std::size_t>(t * each + n)];
                task.thread = t;
                task.number = n;
                inbox.push(task);
                ++pushed;
            }
        });
    std::vector<int> next(threads, 0);
    int taken = 0;
    bool in_order = true;
    while (taken < threads * each) {
        inbox.open();
        for (auto* task = inbox.take(); task; ++taken) {
            auto& numbered = static_cast<Numbered&>(*task);
            in_order = in_order && next[static_cast<std::size_t>(numbered.thread)]++ == numbered.number;
            task = task->next;
        }
        if (!inbox.close())
            continue;
        std::this_thread::yield();
    }
    for (auto& pusher : pushers)
        pusher.join();
    CHECK(in_order);
    CHECK_FALSE(inbox.has_tasks());
}
