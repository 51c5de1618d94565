#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::metadata {

/// What was left out while rows were read: one sentence for each kind of fault, however many rows have it.
class Warnings
{
public:
    /// `fault` as in "system.peers: no host_id"; `where` is named for the first one.
    void add(std::string_view fault, std::string_view where);
    std::vector<std::string> sentences() const;

private:
    struct Seen
    {
        std::string first;
        std::size_t count = 0;
    };
    std::map<std::string, Seen, std::less<>> seen_;
};

}
