#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>

namespace cases {

using Json = nlohmann::ordered_json;

/// A line that asks for something this program does not know: a failure of the run, never skipped.
struct UnknownCase : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// What this library makes of a case: a text and what its markers are bound to, or a refusal.
struct Outcome
{
    std::string cql;
    Json params = Json::array();
    std::optional<std::string> refusal = {};
    std::optional<std::string> objection = {}; ///< the rule that keeps the mapper from sending it
};

inline Outcome refused(std::string why)
{
    return {{}, Json::array(), std::move(why), {}};
}

}
