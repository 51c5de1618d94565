#pragma once

#include <cstdint>
#include <system_error>

namespace coodie::detail {

/// How a read or write went.
enum class Transfer : std::uint8_t
{
    done,        ///< some bytes
    would_block, ///< none now
    closed,      ///< the peer ended the stream
    failed,      ///< see the error
};

struct Transferred
{
    Transfer outcome = Transfer::done;
    std::size_t size = 0;
    std::error_code error = {};
};

}
