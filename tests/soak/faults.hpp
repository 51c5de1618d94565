#pragma once

#include <coodie/testing/fake_cluster.hpp>
#include <functional>
#include <optional>
#include <random>
#include <string>

namespace soak {

/// What goes wrong in a cluster, one thing after the other, as chance has it.
class Faults
{
public:
    Faults(coodie::testing::FakeCluster& cluster, std::uint64_t seed) : cluster_{cluster}, random_{seed} {}

    /// Begins one; the one before must have ended. What it is, in words.
    std::string begin();
    void end();          ///< all is well again, unless the fault has gone by itself
    void remove_added(); ///< the fourth node, if there is one

private:
    std::string stop();
    std::string stop_all();
    std::string freeze();
    std::string freeze_answers();
    std::string reset();
    std::string close();
    std::string forget();
    std::string slow_down();
    std::string swallow();
    std::string corrupt();
    std::string refuse();
    std::string add_or_remove();
    std::string change_schema();
    std::string flood();

    std::size_t some_node() { return below(3); }
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(random_); }
    void with_rule(coodie::testing::Rule rule);

    coodie::testing::FakeCluster& cluster_;
    std::mt19937_64 random_;
    std::function<void()> undo_;
    std::optional<std::size_t> added_; ///< the fourth node, while there is one
    int schemas_ = 0;
};

}
