#pragma once

#include <coodie/host.hpp>

namespace coodie {

/// Hears what becomes of the hosts of a session, each change once and in order. The hosts that are there when the
/// session connects are added, and count as up until nothing reaches them. Of a host that the load balancing policy
/// ignores nothing is heard; should the policy come to use it, it is added with its next change.
/// Threads: called on the session's first loop, never on a caller that blocks; as in every handler, a blocking call
/// there is refused.
class COODIE_API HostListener
{
public:
    virtual ~HostListener();

    virtual void on_add(const std::shared_ptr<const Host>& /*host*/) {}
    virtual void on_remove(const std::shared_ptr<const Host>& /*host*/) {}
    virtual void on_up(const std::shared_ptr<const Host>& /*host*/) {}
    virtual void on_down(const std::shared_ptr<const Host>& /*host*/) {}
};

}
