// expect: the last argument of an async_ function must be a completion token
#include <documents.hpp>

#include <coodie/async.hpp>

void wrong(AbstractDriver& driver)
{
    driver.async_execute("SELECT", [](Rows) {});
}
