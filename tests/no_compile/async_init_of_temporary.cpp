// expect: deleted function
#include <documents.hpp>

#include <coodie/async.hpp>

// g++ 12 would destroy the options twice beside co_await.
void wrong()
{
    async_init_coodie({.keyspace = "ks"}, [](std::exception_ptr, std::shared_ptr<AbstractDriver>) {});
}
