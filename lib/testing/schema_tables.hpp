#pragma once

#include <lib/testing/model.hpp>

namespace coodie::testing {

/// The rows of a table of system_schema; none for a table that stays empty.
std::vector<StoredRow> schema_rows(const FakeSchema& schema, std::string_view table);

}
