#pragma once

#include <coodie/export.hpp>
#include <initializer_list>
#include <memory>
#include <string>

namespace coodie {

struct ExecutionProfile; // these two: needs <coodie/policies.hpp>
struct NamedProfile;

/// Execution profiles by name, for statements to choose from:
///     .profiles = {{"reports", {.consistency = Consistency::quorum, .request_timeout = 60s}}}
/// Threads: a value; copies share what they hold.
class COODIE_API ExecutionProfiles
{
public:
    ExecutionProfiles() noexcept = default;
    ExecutionProfiles(std::initializer_list<NamedProfile> profiles);
    ExecutionProfiles& add(std::string name, ExecutionProfile profile);

    const NamedProfile* begin() const noexcept;
    const NamedProfile* end() const noexcept;

private:
    struct List;
    std::shared_ptr<const List> list_;
};

}
