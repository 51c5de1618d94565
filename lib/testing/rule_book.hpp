#pragma once

#include <coodie/testing/rule.hpp>
#include <deque>
#include <random>

namespace coodie::testing {

/// Which rule takes a request.
class RuleBook
{
public:
    explicit RuleBook(std::uint32_t seed) : random_{seed} {}

    void add(Rule rule);
    void remove_all() { rules_.clear(); }
    void remove(std::string_view name);
    /// The newest rule that fits and is due. Null: none is. Shared, as a reaction may outlive the rule's place here.
    std::shared_ptr<const Rule> take(const RecordedRequest& request);
    std::size_t uses_of(std::string_view name) const;

    std::mt19937& random() { return random_; }

private:
    struct Entry
    {
        std::shared_ptr<const Rule> rule;
        std::size_t fitted = 0;
        std::size_t used = 0;
    };
    bool is_due(Entry& entry);

    std::deque<Entry> rules_; ///< the newest in front
    std::map<std::string, std::size_t, std::less<>> uses_;
    std::mt19937 random_;
};

}
