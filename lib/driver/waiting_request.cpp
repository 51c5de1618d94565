#include "lib/driver/waiting_request.hpp"

namespace coodie::detail {

namespace {

ExecuteOptions& options_of(Statement& statement)
{
    return statement.options();
}
ExecuteOptions& options_of(Batch& batch)
{
    return batch.options;
}

std::string_view profile_of(const Statement& statement)
{
    return statement.extras() ? std::string_view{statement.extras()->profile} : std::string_view{};
}
std::string_view profile_of(const Batch& batch)
{
    return batch.profile;
}

}

Clock::time_point WaitingRequest::limit(const Settings& settings)
{
    const auto timeout = std::visit(
        [&](auto& what) {
            return options_of(what).timeout.value_or(settings.profile_or_own(profile_of(what)).request_timeout);
        },
        asked);
    return due = Clock::now() + bounded(timeout);
}

void WaitingRequest::start(AbstractDriver& driver)
{
    std::visit(
        [&](auto& what) {
            options_of(what).timeout = std::chrono::ceil<std::chrono::milliseconds>(due - Clock::now());
            DriverAccess::start(driver, std::move(what), std::move(handler));
        },
        asked);
}

}
