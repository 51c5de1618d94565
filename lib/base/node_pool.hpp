#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace coodie::detail {

/// Nodes that a thread takes and any thread gives back. A pool is never freed: when its thread ends, the next new
/// thread takes it over, so that nodes may come home at any time, and an address of a node stays one of a node for
/// ever. Node: default constructible, with members `Node* next_free` and `NodePool<Node>* home`.
template <class Node> class NodePool
{
public:
    static Node& take()
    {
        auto& pool = of_this_thread();
        if (!pool.free_ && !(pool.free_ = pool.returned_.exchange(nullptr, std::memory_order_acquire)))
            pool.grow();
        auto& node = *pool.free_;
        pool.free_ = node.next_free;
        return node;
    }
    static void give_back(Node& node) noexcept
    {
        auto& home = *node.home;
        if (&home == mine_) {
            node.next_free = home.free_;
            home.free_ = &node;
            return;
        }
        node.next_free = home.returned_.load(std::memory_order_relaxed);
        while (!home.returned_.compare_exchange_weak(node.next_free, &node, std::memory_order_release,
                                                     std::memory_order_relaxed))
        {
        }
    }

private:
    static constexpr std::size_t nodes_a_block = 32;

    struct Idle
    {
        std::mutex mutex;
        std::vector<NodePool*> pools;
    };
    struct Lease
    {
        ~Lease()
        {
            if (!mine_)
                return;
            const std::lock_guard lock{idle().mutex};
            idle().pools.push_back(std::exchange(mine_, nullptr));
        }
    };

    static NodePool& of_this_thread()
    {
        if (!mine_) [[unlikely]] {
            static thread_local Lease lease;
            (void)lease;
            mine_ = adopt();
        }
        return *mine_;
    }
    static NodePool* adopt()
    {
        const std::lock_guard lock{idle().mutex};
        auto& pools = idle().pools;
        if (pools.empty())
            return new NodePool;
        auto* pool = pools.back();
        pools.pop_back();
        return pool;
    }
    static Idle& idle()
    {
        static auto& idle = *new Idle; // never destroyed: threads may end after main
        return idle;
    }
    void grow()
    {
        auto& block = *blocks_.emplace_back(std::make_unique<Node[]>(nodes_a_block)).get();
        for (auto* node = &block; node != &block + nodes_a_block; ++node) {
            node->home = this;
            node->next_free = free_;
            free_ = node;
        }
    }

    static inline constinit thread_local NodePool* mine_ = nullptr;

    Node* free_ = nullptr;
    std::atomic<Node*> returned_{nullptr};
    std::vector<std::unique_ptr<Node[]>> blocks_;
};

}
