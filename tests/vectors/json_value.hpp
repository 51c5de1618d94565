#pragma once

#include "fact.hpp"

#include <coodie/value.hpp>

namespace vectors {

coodie::DataType type_named(const Json& text);

/// A value as the facts write those of a type: whole numbers as numbers or texts of digits, decimals as text or
/// {"scale", "unscaled"}, blobs as hex, durations as {"months", "days", "nanos"}, maps as lists of pairs or as objects,
/// everything with fields or elements as lists, {"empty": true} for a value of no bytes.
coodie::Value value_of(const Json& json, const coodie::DataType& type);

}
