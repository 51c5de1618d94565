#pragma once

#include <asio/execution_context.hpp>
#include <mutex>
#include <vector>

namespace coodie::detail {

struct LoopState;

/// Lives in a user's context and tells the loops on it when that is destroyed: while all it has can still be used, but
/// nothing will run again. Threads: any.
class ContextWatch : public asio::execution_context::service
{
public:
    static asio::execution_context::id id;
    explicit ContextWatch(asio::execution_context& context) : service{context} {}

    void add(LoopState& loop);
    void remove(LoopState& loop) noexcept;

private:
    void shutdown() noexcept override;
    LoopState* any();

    std::mutex mutex_;
    std::vector<LoopState*> loops_;
};

}
