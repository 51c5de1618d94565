#include <lib/metadata/warnings.hpp>

namespace coodie::metadata {

void Warnings::add(std::string_view fault, std::string_view where)
{
    auto found = seen_.find(fault);
    if (found == seen_.end())
        found = seen_.emplace(std::string{fault}, Seen{.first = std::string{where}}).first;
    ++found->second.count;
}

std::vector<std::string> Warnings::sentences() const
{
    std::vector<std::string> sentences;
    for (const auto& [fault, seen] : seen_)
        sentences.push_back(fault + " (" + seen.first +
                            (seen.count == 1 ? ")" : " and " + std::to_string(seen.count - 1) + " more)"));
    return sentences;
}

}
