#pragma once

#include <lib/testing/dialogue.hpp>
#include <lib/testing/model.hpp>

namespace coodie::testing {

/// Reads a whole frame. What cannot be read has a `problem`, and nothing decoded.
std::shared_ptr<const Incoming> read_request(std::span<const std::byte> frame, const Dialogue& dialogue,
                                             const Model& model);

/// The cells of values as they travel, without their names.
std::vector<Cell> cells_of(const protocol::EncodedValues& values);

}
