#pragma once

#include <coodie/driver.hpp>
#include <coodie/session.hpp>

namespace coodie {

/// Who closes a session that a driver stands on.
enum class SessionOwner : std::uint8_t
{
    user,   ///< closing the driver leaves it open
    driver, ///< closing the driver closes it
};

/// Our own client behind the drivers' seam.
class COODIE_API CqlDriver final : public AbstractDriver
{
public:
    /// Errors: ConfigurationError for a session that was never connected.
    explicit CqlDriver(Session session, SessionOwner owner = SessionOwner::user);
    const Session& session() const noexcept { return session_; }

private:
    Loop do_loop() const override;
    void do_execute(Statement statement, RowsHandler handler) override;
    void do_execute_batch(Batch batch, RowsHandler handler) override;
    void do_close(AnyHandler<void(std::exception_ptr)> handler) override;
    std::string do_keyspace() const override;

    Session session_;
    SessionOwner owner_;
};

}
