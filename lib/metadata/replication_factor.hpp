#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace coodie::metadata {

/// How many replicas a keyspace keeps, as its replication options spell it: "3", or "3/1" where one of the three is
/// transient and answers no reads.
struct ReplicationFactor
{
    std::size_t full = 0;
    std::size_t transient = 0;

    /// None for what is no such text, and for more transient replicas than replicas.
    static std::optional<ReplicationFactor> parse(std::string_view text) noexcept;

    friend bool operator==(const ReplicationFactor&, const ReplicationFactor&) = default;
};

}
