#pragma once

#include "fact.hpp"

namespace vectors {

// The kinds of facts, a table a file.
std::span<const Kind> token_kinds();
std::span<const Kind> scylla_kinds();
std::span<const Kind> value_kinds();
std::span<const Kind> type_kinds();
std::span<const Kind> frame_kinds();
std::span<const Kind> request_kinds();
std::span<const Kind> response_kinds();
std::span<const Kind> result_kinds();
std::span<const Kind> compression_kinds();
std::span<const Kind> replica_kinds();
std::span<const Kind> retry_kinds();

}
