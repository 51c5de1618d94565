#include "lib/cluster/unreachable.hpp"

#include <algorithm>

namespace coodie::detail {

namespace {

/// What a user can do most about comes first: credentials, the keyspace, a peer that is no server of ours.
int weight_of(const Failure& failure)
{
    const auto code = failure.error.code();
    if (code == errc::bad_credentials || code == errc::authentication)
        return 3;
    if (code == errc::connection_lost || code == errc::request_timeout)
        return 0;
    return code == errc::protocol ? 1 : 2;
}

std::vector<Attempt> attempts_of(const std::vector<Failure>& failures)
{
    std::vector<Attempt> attempts;
    for (const auto& [label, error] : failures)
        attempts.push_back({label, error.code(), error.message()});
    return attempts;
}

}

Error unreachable(const std::vector<Failure>& failures)
{
    const auto best = std::max_element(failures.begin(), failures.end(),
                                       [](const Failure& a, const Failure& b) { return weight_of(a) < weight_of(b); });
    if (weight_of(*best) > 0)
        return best->error.with_attempts(attempts_of(failures));
    return none_available("no host could be reached", failures);
}

Error none_available(std::string sentence, const std::vector<Failure>& failures)
{
    for (const auto& failure : failures)
        sentence += "; " + failure.error.message();
    return Error{errc::no_host_available, sentence}.with_attempts(attempts_of(failures));
}

}
