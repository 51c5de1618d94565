#pragma once

#include <coodie/error.hpp>

namespace coodie::policies {

/// Of several hosts that were asked the same at once, one failed with this error: whether another one may still have
/// an answer. If not, all would say the same.
bool may_be_answered_elsewhere(errc code) noexcept;

}
