#include "lib/session/session_loop.hpp"

#include "lib/session/use_keyspace.hpp"

namespace coodie::detail {

SessionLoop::SessionLoop(Loop loop, std::shared_ptr<const Settings> settings, std::shared_ptr<KeyspaceName> keyspace)
    : loop_{std::move(loop)}, settings_{std::move(settings)}, keyspace_{std::move(keyspace)},
      connection_options_{settings_->connection}, reconnection_{std::random_device{}()},
      cache_{settings_->options.prepared_cache_capacity, queued_}
{
    Resident::evict = [](Resident& resident) noexcept {
        const auto self = static_cast<SessionLoop&>(resident).shared_from_this();
        self->close();
    };
    reconnect_alarm_.session = this;
    reconnect_alarm_.expire = [](Deadline& alarm) noexcept { static_cast<Alarm&>(alarm).session->reconnect(); };
}

SessionLoop::~SessionLoop() = default;

void SessionLoop::connect(Done done)
{
    if (closed_ || state().has_ended())
        return done(why_closed());
    state().move_in(*this);
    start_connector(std::move(done));
}

void SessionLoop::cancel_connect()
{
    if (const auto connector = connector_.lock())
        connector->abandon({errc::cancelled, "connecting was cancelled"});
}

void SessionLoop::reconnect()
{
    if (!closed_)
        start_connector(nullptr);
}

void SessionLoop::start_connector(Done done)
{
    const auto connector = std::make_shared<Connector>(state(), settings_->hosts, connection_options_);
    connector_ = connector;
    connector->start([self = shared_from_this(), done = std::move(done)](Connector::Outcome outcome) {
        self->connected(std::move(outcome), done);
    });
}

/// `done`: of the first time, when nothing is tried again.
void SessionLoop::connected(Connector::Outcome outcome, const Done& done)
{
    connector_.reset();
    if (state().is_ending())
        return;
    connection_ = std::move(outcome.connection);
    if (connection_) {
        connection_->hand_to(shared_from_this());
        reconnection_.succeeded();
    }
    if (done)
        return done(outcome.error);
    if (connection_)
        submit_waiting();
    else if (!closed_)
        reconnect_later();
}

void SessionLoop::lost(const Error&) noexcept
{
    connection_.reset();
    if (!closed_)
        reconnect_later();
}

void SessionLoop::reconnect_later()
{
    const auto delay = reconnection_.next();
    if (delay.count() == 0)
        return reconnect();
    state().link(reconnect_alarm_, state().after(delay));
}

void SessionLoop::close() noexcept
{
    if (std::exchange(closed_, true))
        return;
    state().move_out(*this);
    const auto error = why_closed();
    if (reconnect_alarm_.is_linked())
        state().unlink(reconnect_alarm_);
    if (const auto connector = connector_.lock())
        connector->abandon(error);
    if (connection_)
        connection_->close(error);
    connection_.reset();
    while (auto* request = waiting_.pop_front())
        finish(*request, error);
    cache_.for_each([&](PreparedCache::Entry& entry) {
        while (auto* request = entry.waiting.pop_front())
            finish(*request, error);
    });
    state().disarm();
}

Error SessionLoop::why_closed() const
{
    if (state().has_ended())
        return {errc::closed, "the context that the session lived on was destroyed"};
    return {errc::closed, "the session was closed"};
}

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

/// What was prepared in another keyspace may mean other tables.
void SessionLoop::in_keyspace(const std::string& keyspace)
{
    former_keyspace_ = std::exchange(connection_options_.handshake.keyspace, keyspace);
    keyspace_->set(keyspace);
    ++keyspace_generation_;
    cache_.clear();
}

void SessionLoop::return_from(const std::string& keyspace)
{
    if (closed_ || connection_options_.handshake.keyspace != keyspace || former_keyspace_ == keyspace)
        return;
    in_keyspace(std::string{former_keyspace_});
    if (connection_)
        return replace_connection({errc::connection_lost, "the session returns to its former keyspace, because not all "
                                                          "of its loops could leave it; the connection is replaced"});
    if (const auto connector = connector_.lock())
        connector->abandon({errc::cancelled, "the session returns to its former keyspace"});
}

void SessionLoop::timed_out(Request& request) noexcept
{
    const auto timeout = request.statement.options().timeout.value_or(settings_->options.request_timeout);
    const auto where = request.stream >= 0 && connection_ ? " from " + connection_->host() : std::string{};
    const auto note = request.stream >= 0 ? "; the server may still do the work"
                      : connection_       ? "; it waited to be sent"
                                          : "; there was no connection to send it on";
    give_up(request,
            {errc::request_timeout, "no answer" + where + " within " + std::to_string(timeout.count()) + " ms" + note});
}

/// Ends a request wherever it waits; its answer, should it come, is for nobody. A USE may take effect at any time then:
/// no statement must follow it on its connection.
void SessionLoop::give_up(Request& request, const Error& error) noexcept
{
    if (request.list)
        request.list->remove(request);
    const auto connection = request.stream >= 0 ? connection_ : nullptr;
    const bool keyspace_in_doubt = connection && is_use(request.statement.text());
    if (connection)
        connection->core().abandon(request);
    finish(request, error);
    if (keyspace_in_doubt && connection == connection_)
        replace_connection({errc::connection_lost, "a USE was given up, and the server may still do it; the connection "
                                                   "is replaced"});
    else if (connection)
        connection->check_orphans();
}

void SessionLoop::replace_connection(const Error& error) noexcept
{
    connection_->close({error.code(), connection_->host() + ": " + error.message()});
    lost(error);
}

}
