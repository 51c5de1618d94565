#pragma once

#include <coodie/error.hpp>
#include <cstdint>
#include <map>
#include <string>

namespace load {

/// What became of the requests of one kind. Every request that was submitted ends as acknowledged or as failed.
class Account
{
public:
    void submit() { ++submitted_; }
    void acknowledge() { ++acknowledged_; }
    void fail(const std::exception_ptr& error);

    std::uint64_t submitted() const { return submitted_; }
    std::uint64_t acknowledged() const { return acknowledged_; }
    std::uint64_t failed() const;
    bool is_settled() const { return acknowledged_ + failed() == submitted_; }
    /// "submitted 12 = acknowledged 11 + failed 1 (connection lost: 1)"
    std::string to_string() const;

private:
    std::uint64_t submitted_ = 0;
    std::uint64_t acknowledged_ = 0;
    std::map<std::string, std::uint64_t> failed_; ///< by what the error says of its kind
};

}
