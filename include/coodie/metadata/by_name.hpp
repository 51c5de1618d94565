#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace coodie {

/// Parts of a schema by name, in the names' order. Snapshots share the parts that did not change.
template <class Part> using ByName = std::map<std::string, std::shared_ptr<const Part>, std::less<>>;

/// The part of this name, or null.
template <class Part> std::shared_ptr<const Part> find_named(const ByName<Part>& parts, std::string_view name)
{
    const auto found = parts.find(name);
    return found == parts.end() ? nullptr : found->second;
}

}
