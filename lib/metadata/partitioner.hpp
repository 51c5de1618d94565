#pragma once

#include <optional>
#include <protocol/murmur3.hpp>
#include <string_view>

namespace coodie::metadata {

/// The partitioner of this class, in whatever package. None for RandomPartitioner, ByteOrderedPartitioner and classes
/// that nobody knows: their tokens are not ours, so that no request can be sent to its replicas first.
std::optional<protocol::Partitioner> partitioner_named(std::string_view class_name) noexcept;

}
