#pragma once

#include "description.hpp"

#include <coodie/testing/fake_cluster.hpp>

namespace fake_cluster {

// The parts of a file. README.md has them all.
coodie::testing::FakeClusterOptions options_of(const Description& file);
coodie::testing::FakeSchema schema_of(const Description& keyspaces);
coodie::testing::Primed statement_of(const Description& statement);
coodie::testing::Rule rule_of(const Description& rule);
/// "void", {"error": "unavailable", "message": "..."}, {"columns": {...}, "rows": [...]}; with "warnings" and
/// "payload".
coodie::testing::Answer answer_of(const Description& answer);

}
