#include <coodie/container_codecs.hpp>

namespace coodie {

template struct detail::SequenceCodec<std::vector<std::string>, TypeId::list>;

}
