#pragma once

#include <protocol/rows_result.hpp>

namespace golden {

/// Decodes every cell to a Value and encodes it again. Throws Mismatch at the first difference.
void check_values(const coodie::protocol::RowsResult& rows, const coodie::ResultMetadata& metadata);

}
