#pragma once

#include "../wire.hpp"
#include <coodie/rows.hpp>
#include <protocol/request.hpp>
#include <protocol/response.hpp>
#include <string>
#include <vector>

/// A valid body of each kind that a server can send.
struct ResponseSample
{
    std::string name;
    coodie::protocol::Opcode opcode;
    Wire body;
    std::uint8_t flags = 0;
    coodie::protocol::ResponseContext context = {};
    bool may_be_cut = false; ///< proper prefixes can be valid too
};

/// A valid body of each kind that a client can send.
struct RequestSample
{
    std::string name;
    coodie::protocol::Opcode opcode;
    Wire body;
    std::uint8_t flags = 0;
};

/// The type option of a type that needs nothing but its id.
inline Wire simple(int id)
{
    return wire().short_(id);
}

const std::vector<ResponseSample>& response_samples();
const std::vector<RequestSample>& request_samples();

std::vector<ResponseSample> result_samples(); ///< those of response_samples() that are RESULTs

// Pieces that samples share.
Wire column(std::string_view name, const Wire& type);
Wire user_type();
Wire payload();
Wire schema_change(std::string_view change, std::string_view target);

/// Every [option] there is, by name.
struct TypeSample
{
    const char* cql;
    Wire option;
};
const std::vector<TypeSample>& type_samples();
