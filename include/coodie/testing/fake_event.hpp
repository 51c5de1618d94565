#pragma once

#include <coodie/inet.hpp>
#include <coodie/rows.hpp>

namespace coodie::testing {

/// An EVENT, as pushed to the connections that registered for its type.
struct COODIE_API FakeEvent
{
    std::string type; ///< "STATUS_CHANGE"; empty: for all who registered for anything
    std::vector<std::byte> body;

    FakeEvent(const SchemaChange& change);
    FakeEvent(std::string of_type, std::vector<std::byte> content) : type{std::move(of_type)}, body{std::move(content)}
    {
    }
    static FakeEvent status(std::string_view change, const Inet& address, std::int32_t port);   ///< "UP", "DOWN"
    static FakeEvent topology(std::string_view change, const Inet& address, std::int32_t port); ///< "NEW_NODE" ...
};

}
