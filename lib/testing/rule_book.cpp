#include <lib/testing/rule_book.hpp>

namespace coodie::testing {

void RuleBook::add(Rule rule)
{
    rules_.push_front({std::make_shared<const Rule>(std::move(rule))});
}

void RuleBook::remove(std::string_view name)
{
    std::erase_if(rules_, [&](const Entry& entry) { return entry.rule->name == name; });
}

bool RuleBook::is_due(Entry& entry)
{
    const auto& rule = *entry.rule;
    const auto number = ++entry.fitted;
    if (number < rule.first || (number - rule.first) % std::max<std::size_t>(rule.period, 1) != 0)
        return false;
    if (rule.uses_left && entry.used >= *rule.uses_left)
        return false;
    if (rule.probability < 1 && std::uniform_real_distribution{}(random_) >= rule.probability)
        return false;
    ++entry.used;
    return true;
}

std::shared_ptr<const Rule> RuleBook::take(const RecordedRequest& request)
{
    for (auto& entry : rules_) {
        if (!entry.rule->condition.fits(request) || !is_due(entry))
            continue;
        if (!entry.rule->name.empty())
            ++uses_[entry.rule->name];
        return entry.rule;
    }
    return nullptr;
}

std::size_t RuleBook::uses_of(std::string_view name) const
{
    const auto found = uses_.find(name);
    return found == uses_.end() ? 0 : found->second;
}

}
