#pragma once

#include "../wire.hpp"
#include "tests/contains.hpp"
#include <doctest/doctest.h>
#include <protocol/reader.hpp>
#include <string>

/// What `decode(in)` makes of the bytes, and the sentence of its failure; empty when there is none.
template <class Decode> auto decoded(const Wire& body, std::string& failure, Decode&& decode)
{
    coodie::protocol::Reader in{body.bytes()};
    auto message = decode(in);
    const auto error = in.finish();
    failure = error ? error.message() : std::string{};
    return message;
}
