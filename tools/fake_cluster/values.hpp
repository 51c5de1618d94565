#pragma once

#include "description.hpp"

#include <coodie/testing/answer.hpp>
#include <coodie/value.hpp>

namespace fake_cluster {

/// A JSON value as a value of this type: uuids, addresses, dates ... as texts, blobs as hexadecimal digits.
coodie::Value value_of(const Description& description, const coodie::DataType& type);

/// {"id": "uuid", "name": "text"}
std::vector<coodie::ColumnSpec> columns_of(const Description& description);

/// "columns" and "rows" of one object.
coodie::Rows rows_of(const Description& description);

}
