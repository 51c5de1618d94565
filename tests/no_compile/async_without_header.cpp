// expect: before
#include <documents.hpp>

// The declaration, which both compilers print, says: needs <coodie/async.hpp>.
void wrong()
{
    auto never = find<User>().async_all([](auto...) {});
}
