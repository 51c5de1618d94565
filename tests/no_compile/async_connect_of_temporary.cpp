// expect: deleted
#include <documents.hpp>

#include <coodie/async.hpp>

// g++ 12 would destroy the options twice beside co_await.
void wrong()
{
    Session::async_connect({.keyspace = "ks"}, [](std::exception_ptr, Session) {});
}
