#pragma once

#include <string_view>

namespace coodie::policies {

/// Whether a statement's text is a lightweight transaction's: INSERT, UPDATE, DELETE or BATCH with an IF. For servers
/// that do not mark them; looked at once for each text.
bool is_lightweight(std::string_view cql) noexcept;

}
