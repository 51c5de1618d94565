#include <coodie/cql_driver.hpp>

namespace coodie {

using detail::SessionAccess;

CqlDriver::CqlDriver(Session session, SessionOwner owner) : session_{std::move(session)}, owner_{owner}
{
    if (!session_)
        Error{errc::configuration, "CqlDriver: the session was never connected; see Session::connect"}.raise();
}

Loop CqlDriver::do_loop() const
{
    return session_.loop();
}

void CqlDriver::do_execute(Statement statement, RowsHandler handler)
{
    SessionAccess::execute(session_, std::move(statement), std::move(handler));
}

void CqlDriver::do_execute_batch(Batch batch, RowsHandler handler)
{
    SessionAccess::execute(session_, std::move(batch), std::move(handler));
}

void CqlDriver::do_close(AnyHandler<void(std::exception_ptr)> handler)
{
    if (owner_ == SessionOwner::driver)
        SessionAccess::close(session_, std::move(handler));
    else
        handler.complete(session_.loop(), nullptr);
}

std::string CqlDriver::do_keyspace() const
{
    return session_.keyspace();
}

}
