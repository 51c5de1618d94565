// expect: deleted
#include <documents.hpp>

#include <coodie/async.hpp>

// g++ 12 would destroy the document twice beside co_await.
void wrong(const Collection<User>& users)
{
    users.async_save(User{}, [](std::exception_ptr) {});
}
