#pragma once

#include <lib/testing/model.hpp>

namespace coodie::testing {

// The rows in which a node describes itself and the others.
StoredRow local_row(const Model& model, std::size_t node);
std::vector<StoredRow> peers_rows(const Model& model, std::size_t node);
std::vector<StoredRow> peers_v2_rows(const Model& model, std::size_t node);

}
