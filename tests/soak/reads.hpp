#pragma once

#include <coodie/testing/primed.hpp>
#include <coodie/testing/recorded_request.hpp>

namespace soak {

/// Where a request binds bigints: 8 bytes behind their length each.
inline std::int64_t bigint_at(const coodie::testing::RecordedRequest& request, std::size_t place)
{
    constexpr std::size_t length = 4, size = 8;
    std::uint64_t number = 0;
    for (const auto byte : request.values.bytes().subspan(place * (length + size) + length, size))
        number = number << 8U | std::to_integer<std::uint64_t>(byte);
    return static_cast<std::int64_t>(number);
}

/// Reads that are answered with what they bind, by `answer`: a node by itself has no rows for them.
struct Reads
{
    static constexpr const char* text = "SELECT id FROM soak.rows WHERE id = ?";
    static coodie::testing::Primed statement();
    static coodie::testing::Answer answer(const coodie::testing::RecordedRequest& request);
};

}
