#include "lib/connection/handshake.hpp"
#include "lib/session/session_loop.hpp"

// The keyspace of a loop: every connection that takes requests is in it.

namespace coodie::detail {

void SessionLoop::use(const std::string& keyspace, Done done)
{
    auto& request = NodePool<Request>::take();
    request.extras = std::make_unique<RequestExtras>(RequestExtras::Kind::use);
    request.extras->keyspace = keyspace;
    request.extras->use_done = std::move(done);
    request.statement = Statement{use_statement(keyspace)};
    request.session = this;
    request.user_code = false;
    start(request);
}

/// `switched` is in it already. What was prepared in another keyspace may mean other tables.
void SessionLoop::in_keyspace(const std::string& keyspace, const Connection* switched)
{
    former_keyspace_ = std::exchange(connection_options_.handshake.keyspace, keyspace);
    commons_->keyspace.set(keyspace);
    if (number_ == 0)
        log().write(LogLevel::info, "the session's keyspace is '" + keyspace + "'");
    ++keyspace_generation_;
    cache_.clear();
    if (former_keyspace_ != keyspace)
        pools_.for_each([&](HostPool& pool) { pool.use_keyspace(switched); });
}

void SessionLoop::return_from(const std::string& keyspace)
{
    if (!closed_ && connection_options_.handshake.keyspace == keyspace && former_keyspace_ != keyspace)
        in_keyspace(std::string{former_keyspace_}, nullptr);
}

}
