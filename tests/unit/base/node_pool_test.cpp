#include "lib/base/node_pool.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <set>
#include <thread>

using namespace coodie::detail;

namespace {

/// Every test has nodes of its own, and so pools that no other test touched.
template <int> struct Node
{
    Node* next_free = nullptr;
    NodePool<Node>* home = nullptr;
    int value = 0;
};

template <class N> std::set<N*> take(std::size_t count)
{
    std::set<N*> nodes;
    while (nodes.size() != count)
        nodes.insert(&NodePool<N>::take());
    return nodes;
}

template <class N> void give_back(const std::set<N*>& nodes)
{
    for (auto* node : nodes)
        NodePool<N>::give_back(*node);
}

}

TEST_CASE("a node that is taken is nobody else's, and is taken again once it came back")
{
    using N = Node<0>;
    const auto first = take<N>(100);
    const auto second = take<N>(100);
    for (auto* node : second)
        CHECK_FALSE(first.contains(node));
    auto& one = **first.begin();
    NodePool<N>::give_back(one);
    CHECK(&NodePool<N>::take() == &one);
    give_back(first);
    give_back(second);
    auto both = first;
    both.insert(second.begin(), second.end());
    const auto again = take<N>(200);
    CHECK(again == both);
    give_back(again);
}

TEST_CASE("nodes outlive the thread that took them, and its pool goes to the next new thread")
{
    using N = Node<1>;
    std::set<N*> taken, taken_next;
    std::thread{[&] {
        taken = take<N>(40);
        for (auto* node : taken)
            node->value = 7;
    }}.join();
    for (auto* node : taken)
        CHECK(node->value == 7);
    give_back(taken); // home to a pool without a thread
    std::thread{[&] { taken_next = take<N>(64); }}.join();
    for (auto* node : taken)
        CHECK(taken_next.contains(node));
    give_back(taken_next);
}

TEST_CASE("a node that another thread gives back comes home to the thread that took it")
{
    using N = Node<2>;
    const auto mine = take<N>(32);
    std::thread{[&] { give_back(mine); }}.join();
    CHECK(take<N>(32) == mine);
    give_back(mine);
}

TEST_CASE("nodes that threads pass around are in one hand at a time")
{
    using N = Node<3>;
    constexpr int threads = 4, rounds = 2'000;
    std::atomic<N*> hand{nullptr};
    std::atomic<int> shared{0};
    const auto give = [&](N* node) {
        if (!node)
            return;
        shared += --node->value != 0 ? 1 : 0;
        NodePool<N>::give_back(*node);
    };
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
        all.emplace_back([&] {
            for (int n = 0; n < rounds; ++n) {
                auto& node = NodePool<N>::take();
                shared += node.value++ != 0 ? 1 : 0;
                give(hand.exchange(&node));
            }
        });
    for (auto& thread : all)
        thread.join();
    give(hand.exchange(nullptr));
    CHECK(shared == 0);
}
