#include "account.hpp"

namespace load {

void Account::fail(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const coodie::CoodieError& refused) {
        ++failed_[refused.code().message()];
    } catch (const std::exception& other) {
        ++failed_[other.what()];
    }
}

std::uint64_t Account::failed() const
{
    std::uint64_t sum = 0;
    for (const auto& [kind, count] : failed_)
        sum += count;
    return sum;
}

std::string Account::to_string() const
{
    auto text = "submitted " + std::to_string(submitted_) + " = acknowledged " + std::to_string(acknowledged_) +
                " + failed " + std::to_string(failed());
    const char* before = " (";
    for (const auto& [kind, count] : failed_) {
        text += before + kind + ": " + std::to_string(count);
        before = ", ";
    }
    return failed_.empty() ? text : text + ")";
}

}
