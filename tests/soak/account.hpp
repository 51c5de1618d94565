#pragma once

#include <coodie/error.hpp>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace soak {

/// What became of requests. Threads: any.
class Account
{
public:
    class Entry;

    bool is_settled() const { return ended() == submitted(); }
    std::uint64_t submitted() const;
    std::uint64_t ended() const;
    std::uint64_t completed() const;
    std::uint64_t failed_by(coodie::errc code) const;
    std::uint64_t ended_twice() const;
    std::uint64_t dropped() const; ///< their handlers went without having been called
    /// "submitted 12 = completed 10 + failed 1 (connection lost: 1) + cancelled 1"
    std::string to_string() const;

private:
    void submit();
    void end(const std::exception_ptr& error);
    void end_again();
    void drop();
    std::uint64_t failed() const;

    mutable std::mutex mutex_;
    std::uint64_t submitted_ = 0;
    std::uint64_t completed_ = 0;
    std::uint64_t cancelled_ = 0;
    std::uint64_t ended_twice_ = 0;
    std::uint64_t dropped_ = 0;
    std::map<coodie::errc, std::uint64_t> failed_;
};

/// One request: lives where its handler does, which is to be called once. Lifetime: the account's.
class Account::Entry
{
public:
    explicit Entry(Account& account) : account_{&account} { account_->submit(); }
    Entry(Entry&& other) noexcept
        : account_{std::exchange(other.account_, nullptr)}, has_ended_{std::exchange(other.has_ended_, true)}
    {
    }
    ~Entry()
    {
        if (!has_ended_)
            account_->drop();
    }
    Entry& operator=(Entry&&) = delete;

    void end(const std::exception_ptr& error)
    {
        if (std::exchange(has_ended_, true))
            account_->end_again();
        else
            account_->end(error);
    }

private:
    Account* account_; ///< null: moved from
    bool has_ended_ = false;
};

}
