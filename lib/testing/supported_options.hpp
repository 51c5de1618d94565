#pragma once

#include <lib/testing/model.hpp>

namespace coodie::testing {

/// What a node says in SUPPORTED on a connection to this shard.
std::map<std::string, std::vector<std::string>> supported_options(const Model& model, const ModelNode& node,
                                                                  std::uint16_t shard);

/// The bit with which such nodes mark lightweight transactions.
inline constexpr std::uint32_t lightweight_bit = 0x80000000;
/// The code of their rate limit errors.
inline constexpr std::int32_t rate_limit_code = 0xF000;

}
