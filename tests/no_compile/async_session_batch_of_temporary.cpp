// expect: deleted
#include <documents.hpp>

#include <coodie/async.hpp>

// g++ 12 would destroy the batch twice beside co_await.
void wrong(Session& session)
{
    session.async_execute(Batch{.type = BatchType::unlogged}, [](std::exception_ptr, Rows) {});
}
