#pragma once

#include <coodie/testing/recorded_request.hpp>
#include <functional>

namespace coodie::testing {

/// Which requests are meant; what is not said fits all.
///     requests(Opcode::execute).at(1).containing("INSERT")
struct Condition
{
    std::optional<Opcode> opcode = {};
    std::optional<std::size_t> node = {};
    std::optional<std::size_t> connection = {};
    std::optional<bool> control = {};
    std::optional<Consistency> consistency = {};
    std::string text = {};
    std::function<bool(const RecordedRequest&)> predicate = {};

    COODIE_API bool fits(const RecordedRequest& request) const;
};

/// The words in which conditions, and rules that have one, are said.
template <class Self> struct ConditionWords
{
    Self& at(std::size_t node)
    {
        return say([&](Condition& c) { c.node = node; });
    }
    Self& on_connection(std::size_t connection)
    {
        return say([&](Condition& c) { c.connection = connection; });
    }
    /// Connections that have registered for events.
    Self& on_control()
    {
        return say([](Condition& c) { c.control = true; });
    }
    Self& on_data()
    {
        return say([](Condition& c) { c.control = false; });
    }
    Self& containing(std::string text)
    {
        return say([&](Condition& c) { c.text = std::move(text); });
    }
    Self& with_consistency(Consistency level)
    {
        return say([&](Condition& c) { c.consistency = level; });
    }
    /// Called on the cluster's thread.
    Self& where(std::function<bool(const RecordedRequest&)> predicate)
    {
        return say([&](Condition& c) { c.predicate = std::move(predicate); });
    }

private:
    template <class Word> Self& say(Word word)
    {
        auto& self = static_cast<Self&>(*this);
        word(self.condition);
        return self;
    }
};

/// A condition for counting and waiting.
struct Requests : ConditionWords<Requests>
{
    Condition condition = {};
};
inline Requests requests()
{
    return {};
}
inline Requests requests(Opcode opcode)
{
    Requests made;
    made.condition.opcode = opcode;
    return made;
}

}
