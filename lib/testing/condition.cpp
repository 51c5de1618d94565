#include <coodie/testing/condition.hpp>

namespace coodie::testing {

bool Condition::fits(const RecordedRequest& request) const
{
    return (!opcode || *opcode == request.opcode) && (!node || *node == request.node) &&
           (!connection || *connection == request.connection) && (!control || *control == request.control) &&
           (!consistency || request.consistency == consistency) && request.contains(text) &&
           (!predicate || predicate(request));
}

}
