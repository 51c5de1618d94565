#pragma once

#include <coodie/vint.hpp>

namespace coodie::protocol {

// The codecs of public headers need vints as well, so they live there.
using detail::load_vint;
using detail::max_vint_size;
using detail::store_vint;
using detail::unzigzag;
using detail::vint_size;
using detail::zigzag;

}
