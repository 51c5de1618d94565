#pragma once

#include <atomic>

namespace coodie::detail {

struct LoopState;

/// Work for a loop, linked into its inbox; run once, inside a turn.
struct Task
{
    Task* next = nullptr;
    void (*run)(Task&, LoopState&) noexcept = nullptr;
    bool user_code = true; ///< completes in code that is not ours: never on a caller that blocks
};

/// Tasks from other threads. Any thread pushes; only a turn opens, takes and closes.
class Inbox
{
public:
    /// True: the loop may sleep, wake it.
    bool push(Task& task) noexcept
    {
        auto* head = head_.load(std::memory_order_relaxed);
        do
            task.next = head == busy() ? nullptr : head;
        while (!head_.compare_exchange_weak(head, &task));
        return head == nullptr;
    }
    /// From here on pushes wake nobody: `close` will look.
    void open() noexcept
    {
        Task* empty = nullptr;
        head_.compare_exchange_strong(empty, busy(), std::memory_order_acq_rel);
    }
    /// All tasks, oldest first.
    Task* take() noexcept
    {
        if (head_.load(std::memory_order_relaxed) == busy())
            return nullptr;
        auto* newest = head_.exchange(busy(), std::memory_order_acq_rel);
        Task* oldest = nullptr;
        while (newest != nullptr && newest != busy()) {
            auto* older = newest->next;
            newest->next = oldest;
            oldest = newest;
            newest = older;
        }
        return oldest;
    }
    /// False: something came meanwhile; it stays, and nobody was woken for it.
    bool close() noexcept
    {
        auto* expected = busy();
        return head_.compare_exchange_strong(expected, nullptr) || expected == nullptr;
    }
    bool has_tasks() const noexcept
    {
        auto* head = head_.load();
        return head != nullptr && head != busy();
    }

private:
    static Task* busy() noexcept { return &busy_; }
    static inline Task busy_{};
    std::atomic<Task*> head_{nullptr};
};

}
