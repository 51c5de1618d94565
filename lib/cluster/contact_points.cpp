#include "lib/cluster/contact_points.hpp"

#include <algorithm>
#include <random>

namespace coodie::detail {

namespace {

template <class Things> void shuffle(Things& things)
{
    static thread_local std::minstd_rand random{std::random_device{}()};
    std::shuffle(things.begin(), things.end(), random);
}

Target target_of(const ContactPoint& point, const Endpoint& endpoint, bool by_name)
{
    const auto label = point.to_string();
    return {endpoint, point, by_name ? label + " (" + endpoint.address().to_string() + ")" : label};
}

}

ContactPoints::ContactPoints(LoopState& loop, const ClusterOptions& options) : loop_{loop}, options_{options}
{
    for (const auto& point : options.contact_points)
        places_.push_back({point});
    if (options.shuffle_contact_points)
        shuffle(places_);
}

ContactPoints::~ContactPoints()
{
    for (const auto& resolution : resolutions_)
        resolution->give_up();
}

void ContactPoints::resolve(Changed changed)
{
    changed_ = std::move(changed);
    for (std::size_t at = 0; at != places_.size(); ++at) {
        auto& place = places_[at];
        if (const auto literal = Resolution::literal(place.point)) {
            place.targets = {target_of(place.point, *literal, false)};
            place.is_known = true;
            continue;
        }
        resolutions_.push_back(Resolution::start(loop_, place.point, options_.connection.connect_timeout,
                                                 [this, at](const Error& error, std::vector<Endpoint> endpoints) {
                                                     resolved(at, error, std::move(endpoints));
                                                 }));
    }
}

void ContactPoints::resolved(std::size_t at, const Error& error, std::vector<Endpoint> endpoints)
{
    auto& place = places_[at];
    place.is_known = true;
    if (error)
        failures_.push_back(
            {place.point.to_string(), {error.code(), place.point.to_string() + ": " + error.message()}});
    if (options_.shuffle_contact_points)
        shuffle(endpoints);
    for (const auto& endpoint : endpoints)
        place.targets.push_back(target_of(place.point, endpoint, true));
    const auto changed = changed_;
    changed(); // may end this
}

bool ContactPoints::all_known() const noexcept
{
    return std::ranges::all_of(places_, &Place::is_known);
}

std::vector<Target> ContactPoints::targets() const
{
    std::vector<Target> targets;
    for (const auto& place : places_)
        targets.insert(targets.end(), place.targets.begin(), place.targets.end());
    return targets;
}

}
