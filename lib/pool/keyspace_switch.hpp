#pragma once

#include "lib/connection/connection.hpp"
#include <functional>

namespace coodie::detail {

/// A USE on its way on one connection, which takes no requests meanwhile.
class KeyspaceSwitch : Exchange, Deadline
{
public:
    using Done = std::function<void(KeyspaceSwitch&, const Error&)>;

    /// Only when the connection has a free stream. `done` is called once, never before this returns.
    KeyspaceSwitch(LoopState& loop, std::shared_ptr<Connection> connection, std::string keyspace);
    ~KeyspaceSwitch();
    void start(std::chrono::milliseconds timeout, Done done);

    const std::shared_ptr<Connection>& connection() const noexcept { return connection_; }
    const std::string& keyspace() const noexcept { return keyspace_; }

private:
    Error read(const Answer& answer) const;
    void finish(const Error& error);

    LoopState& loop_;
    const std::shared_ptr<Connection> connection_;
    const std::string keyspace_;
    Done done_;
};

}
