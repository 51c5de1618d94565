#pragma once

#include "lib/base/timer_wheel.hpp"

namespace coodie::detail {

/// Is a server that owes answers still there? It is looked at in parts of the longest silence, so that a loop that was
/// held up, for however long, has waited no more than one of them.
class Silence
{
public:
    static constexpr int parts = 5;

    enum class Verdict : std::uint8_t
    {
        there,
        doubtful, ///< ask it now
        gone,
    };
    /// What shows that a server is there: what it says, and that it takes much that is sent to it.
    struct Signs
    {
        Clock::time_point heard;
        std::uint64_t taken;   ///< bytes, ever
        std::uint64_t waiting; ///< bytes that it has not taken yet
    };

    void begin(const Signs& signs) noexcept
    {
        before_ = signs;
        silent_ = 0;
    }
    Verdict part_over(const Signs& signs) noexcept
    {
        silent_ = is_alive(signs) ? 0 : silent_ + 1;
        before_ = signs;
        if (silent_ >= parts - 1)
            return Verdict::gone;
        return silent_ == doubtful_after ? Verdict::doubtful : Verdict::there;
    }

private:
    static constexpr int doubtful_after = 2;
    /// Less than this is taken by a machine whose server reads nothing any more.
    static constexpr std::uint64_t much = 64 * 1024;

    bool is_alive(const Signs& signs) const noexcept
    {
        return signs.heard != before_.heard || (before_.waiting >= much && signs.taken != before_.taken);
    }

    Signs before_{};
    int silent_ = 0; ///< parts
};

}
