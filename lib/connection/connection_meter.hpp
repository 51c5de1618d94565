#pragma once

#include "lib/base/counter.hpp"

namespace coodie::detail {

/// What the connections of one loop count together.
struct ConnectionMeter
{
    Counter bytes_sent;
    Counter bytes_received;
    Counter opened; ///< ready for requests
    Counter failed; ///< never became so
    Counter lost;   ///< by the peer's doing
    Counter closed; ///< by ours
    Counter given_up;
    Counter late_answers;
};

}
