#pragma once

#include <algorithm>
#include <atomic>
#include <coodie/testing/primed.hpp>
#include <coodie/testing/recorded_request.hpp>
#include <memory>
#include <optional>

namespace soak {

/// Writes that must not be sent twice, each with a number of its own: what their callers were told, and how often a
/// node took them. Its memory is all there from the beginning.
class Writes
{
public:
    static constexpr std::int64_t most = 8'000'000;
    static constexpr const char* text = "INSERT INTO soak.writes (id) VALUES (?)";
    static constexpr const char* as_text = "INSERT number ";

    Writes() : each_{std::make_unique<std::atomic<std::uint8_t>[]>(most)} {}

    static coodie::testing::Primed statement();

    /// None: they are used up.
    std::optional<std::int64_t> next();
    void acknowledged(std::int64_t number);
    /// What every node sees goes through here, on the cluster's thread.
    void seen(const coodie::testing::RecordedRequest& request);

    std::int64_t begun() const { return std::min(next_.load(), most); }
    std::int64_t seen_twice() const;
    std::int64_t acknowledged_unseen() const;

private:
    static constexpr std::uint8_t once = 1, again = 2, acknowledged_bit = 4;
    void took(std::int64_t number);
    std::int64_t count(std::uint8_t mask, std::uint8_t value) const;

    std::atomic<std::int64_t> next_{0};
    std::unique_ptr<std::atomic<std::uint8_t>[]> each_;
};

}
