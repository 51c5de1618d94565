#pragma once

#include "lib/base/log.hpp"
#include "lib/connection/connection.hpp"
#include "lib/transport/contact_point.hpp"
#include <coodie/address_translation.hpp>
#include <coodie/host_listener.hpp>
#include <coodie/policies.hpp>
#include <coodie/reconnection_policy.hpp>

namespace coodie::detail {

/// What the control plane of a session goes by. Immutable.
struct ClusterOptions
{
    std::vector<ContactPoint> contact_points;
    ConnectionOptions connection;  ///< of the control connection: in no keyspace
    std::string cluster_name = {}; ///< empty: that of the node which is reached first
    bool shuffle_contact_points = true;
    bool metadata = true; ///< false: the contact points are the hosts, and no server is asked for others
    bool schema = true;   ///< false: none is read, and no request goes to its replicas first
    std::chrono::milliseconds dial_stagger{250};
    std::chrono::milliseconds query_timeout{5'000};   ///< of each page of an answer
    std::chrono::milliseconds answer_timeout{30'000}; ///< of all its pages
    std::int32_t page_size = 5'000;
    std::chrono::milliseconds schema_agreement_interval{200};
    std::shared_ptr<const AddressTranslator> translator = {};    ///< null: addresses are what they are
    std::shared_ptr<const ReconnectionPolicy> reconnection = {}; ///< null: exponential
    std::shared_ptr<HostListener> host_listener = {};
    std::shared_ptr<Log> log = std::make_shared<Log>();
};

}
