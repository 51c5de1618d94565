#pragma once

#include "case.hpp"

#include <functional>
#include <map>
#include <set>

namespace cases {

/// Keyword arguments of a builder: every one must be asked for, so that none is overlooked.
class Arguments
{
public:
    explicit Arguments(const Json& object) : object_{object}
    {
        for (const auto& [name, value] : object.items())
            if (!value.is_null())
                left_.insert(name);
    }
    /// Null when the case does not give it.
    const Json& operator[](const std::string& name)
    {
        static const Json none;
        left_.erase(name);
        return object_.contains(name) ? object_.at(name) : none;
    }
    std::string text(const std::string& name) { return (*this)[name].get<std::string>(); }
    bool flag(const std::string& name)
    {
        const auto& value = (*this)[name];
        return !value.is_null() && value.get<bool>();
    }
    void finish() const
    {
        if (!left_.empty())
            throw UnknownCase{"argument " + *left_.begin()};
    }

private:
    const Json& object_;
    std::set<std::string> left_;
};

using Builder = std::function<Outcome(Arguments&)>;
using Builders = std::map<std::string, Builder>;

Builders statement_builders();
Builders definition_builders();

}
