// expect: deleted function
#include <documents.hpp>

#include <coodie/async.hpp>

void wrong()
{
    async_create_keyspace("ks", {.replication_factor = 3}, [](std::exception_ptr) {});
}
