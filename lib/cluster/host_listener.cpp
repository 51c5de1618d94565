#include <coodie/host_listener.hpp>

namespace coodie {

HostListener::~HostListener() = default;

}
