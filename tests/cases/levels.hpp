#pragma once

#include "case.hpp"
#include "python_type.hpp"

namespace cases {

/// The models that cases name.
struct Models
{
    explicit Models(const Json& file);
    const Json& model(const std::string& name) const;

    Json models;
    UserTypeNames user_types;
};

// One function a level: what this library makes of the case's inputs.
Outcome build(const Json& inputs);
Outcome read_type(const Json& inputs, const Models& models);
Outcome read_schema(const Json& inputs, const Models& models);
Outcome define(const Json& inputs, const Models& models);
Outcome filter(const Json& inputs);
/// Nothing for what only a driver can show.
std::optional<Outcome> query(const Json& inputs, const Models& models);

}
