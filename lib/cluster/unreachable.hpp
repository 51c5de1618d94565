#pragma once

#include <coodie/error.hpp>

namespace coodie::detail {

/// Why an address could not be used.
struct Failure
{
    std::string label;
    Error error;
};

/// One error for all of them: that of the node which came furthest, since it says most, or that no host is available.
/// With an attempt for each. Only when there are some.
Error unreachable(const std::vector<Failure>& failures);
/// That no host is available for this reason, and what is known of each.
Error none_available(std::string sentence, const std::vector<Failure>& failures);

}
