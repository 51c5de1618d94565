#include "account.hpp"

#include <coodie/exceptions.hpp>

namespace soak {

void Account::submit()
{
    const std::lock_guard lock{mutex_};
    ++submitted_;
}

void Account::end(const std::exception_ptr& error)
{
    const std::lock_guard lock{mutex_};
    if (!error) {
        ++completed_;
        return;
    }
    try {
        std::rethrow_exception(error);
    } catch (const coodie::CoodieError& refused) {
        ++(refused.code() == coodie::errc::cancelled ? cancelled_ : failed_[coodie::errc{refused.code().value()}]);
    }
}

void Account::end_again()
{
    const std::lock_guard lock{mutex_};
    ++ended_twice_;
}

void Account::drop()
{
    const std::lock_guard lock{mutex_};
    ++dropped_;
}

std::uint64_t Account::failed() const
{
    std::uint64_t sum = 0;
    for (const auto& [code, count] : failed_)
        sum += count;
    return sum;
}

std::uint64_t Account::submitted() const
{
    const std::lock_guard lock{mutex_};
    return submitted_;
}

std::uint64_t Account::ended() const
{
    const std::lock_guard lock{mutex_};
    return completed_ + failed() + cancelled_;
}

std::uint64_t Account::completed() const
{
    const std::lock_guard lock{mutex_};
    return completed_;
}

std::uint64_t Account::failed_by(coodie::errc code) const
{
    const std::lock_guard lock{mutex_};
    const auto found = failed_.find(code);
    return found == failed_.end() ? 0 : found->second;
}

std::uint64_t Account::ended_twice() const
{
    const std::lock_guard lock{mutex_};
    return ended_twice_;
}

std::uint64_t Account::dropped() const
{
    const std::lock_guard lock{mutex_};
    return dropped_;
}

std::string Account::to_string() const
{
    const std::lock_guard lock{mutex_};
    auto text = "submitted " + std::to_string(submitted_) + " = completed " + std::to_string(completed_) +
                " + failed " + std::to_string(failed());
    const char* before = " (";
    for (const auto& [code, count] : failed_) {
        text += before + make_error_code(code).message() + ": " + std::to_string(count);
        before = ", ";
    }
    return text + (failed_.empty() ? "" : ")") + " + cancelled " + std::to_string(cancelled_);
}

}
