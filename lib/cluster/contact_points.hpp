#pragma once

#include "lib/cluster/cluster_options.hpp"
#include "lib/cluster/host_state.hpp"
#include "lib/cluster/unreachable.hpp"

namespace coodie::detail {

/// The contact points of a session, and the addresses that stand behind their names right now.
class ContactPoints
{
public:
    struct Place
    {
        ContactPoint point;
        bool is_known = false; ///< or failed: then it has no targets
        std::vector<Target> targets = {};
    };
    using Changed = std::function<void()>;

    ContactPoints(LoopState& loop, const ClusterOptions& options);
    ~ContactPoints();
    ContactPoints(const ContactPoints&) = delete;
    ContactPoints& operator=(const ContactPoints&) = delete;

    /// Asks for the addresses of all names at once; `changed` is called as they come, never from inside this.
    void resolve(Changed changed);
    const std::vector<Place>& places() const noexcept { return places_; } ///< in the order to try them
    bool all_known() const noexcept;
    std::vector<Target> targets() const; ///< of all that are known
    const std::vector<Failure>& failures() const noexcept { return failures_; }

private:
    void resolved(std::size_t place, const Error& error, std::vector<Endpoint> endpoints);

    LoopState& loop_;
    const ClusterOptions& options_;
    std::vector<Place> places_;
    std::vector<std::shared_ptr<Resolution>> resolutions_;
    std::vector<Failure> failures_;
    Changed changed_;
};

}
