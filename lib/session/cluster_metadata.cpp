#include <coodie/cluster_metadata.hpp>

#include "lib/base/block_on.hpp"
#include "lib/session/session_state.hpp"

// What a session shows of its cluster, and asks it.

namespace coodie {

using detail::OnEachLoop;
using detail::SessionAccess;
using detail::SessionLoop;

namespace {

using VoidHandler = AnyHandler<void(std::exception_ptr)>;
using BoolHandler = AnyHandler<void(std::exception_ptr, bool)>;

/// On the loop of the control connection, where it takes so long at most.
void on_first_loop(detail::SessionState& state, OnEachLoop::Step step, std::chrono::milliseconds most,
                   OnEachLoop::Done done)
{
    OnEachLoop::run({state.loops().front()}, OnEachLoop::Order::at_once, std::move(step), state.limit(most),
                    std::move(done));
}

std::vector<std::shared_ptr<const Host>> hosts_in(const detail::ClusterSnapshot& snapshot)
{
    auto hosts = snapshot.hosts;
    std::erase(hosts, nullptr);
    return hosts;
}

}

ClusterMetadata Session::metadata() const
{
    const auto snapshot = state_ ? state_->commons().snapshot.get() : nullptr;
    if (!snapshot)
        return {};
    return {snapshot->cluster_name, snapshot->partitioner_class, hosts_in(*snapshot), snapshot->schema};
}

std::vector<std::shared_ptr<const Host>> Session::hosts() const
{
    const auto snapshot = state_ ? state_->commons().snapshot.get() : nullptr;
    return snapshot ? hosts_in(*snapshot) : std::vector<std::shared_ptr<const Host>>{};
}

void SessionAccess::refresh_schema(Session& session, std::string keyspace, VoidHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, detail::no_session().as_exception());
    auto due = metadata::SchemaDue::everything();
    if (!keyspace.empty())
        (due = {}).add(keyspace, metadata::WholeKeyspace{});
    on_first_loop(
        *session.state_,
        [due](SessionLoop& loop, SessionLoop::Done done) { loop.control_plane().refresh_schema(due, std::move(done)); },
        session.options().request_timeout,
        [loop = session.loop(), handler = detail::shared(std::move(handler))](const Error& error) {
            handler->complete(loop, error.as_exception());
        });
}

void SessionAccess::schema_in_agreement(Session& session, BoolHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, detail::no_session().as_exception(), false);
    const auto told = std::make_shared<bool>(false);
    on_first_loop(
        *session.state_,
        [told](SessionLoop& loop, const SessionLoop::Done& done) {
            loop.control_plane().check_schema_agreement([told, done](bool agreed) {
                *told = agreed;
                done({});
            });
        },
        session.state_->settings().cluster->query_timeout,
        [told, loop = session.loop(), handler = detail::shared(std::move(handler))](const Error& error) {
            handler->complete(loop, nullptr, !error && *told);
        });
}

void Session::refresh_schema(std::string keyspace)
{
    detail::block_on<void>(loop(), [&](VoidHandler handler) {
        SessionAccess::refresh_schema(*this, std::move(keyspace), std::move(handler));
    });
}

bool Session::schema_in_agreement()
{
    return detail::block_on<bool>(
        loop(), [&](BoolHandler handler) { SessionAccess::schema_in_agreement(*this, std::move(handler)); });
}

}
