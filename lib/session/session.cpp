#include <coodie/session.hpp>

#include "lib/base/block_on.hpp"
#include "lib/base/run_on.hpp"
#include "lib/session/session_state.hpp"

namespace coodie {

using detail::bounded;
using detail::no_session;
using detail::NodePool;
using detail::Observation;
using detail::OnEachLoop;
using detail::Request;
using detail::RequestExtras;
using detail::SessionAccess;
using detail::SessionLoop;
using detail::SessionState;
using detail::shared;

namespace {

using VoidHandler = AnyHandler<void(std::exception_ptr)>;

/// What the observer throws is told to whoever runs the loop.
std::unique_ptr<Observation> observe(SessionState& session, SessionLoop& loop, const Request& request)
{
    try {
        return Observation::begin(*session.options().observer, request, session.commons().keyspace.get());
    } catch (...) {
        auto& state = loop.state();
        detail::run_on(state, [&state, thrown = std::current_exception()] { state.rethrow_later(thrown); });
        return nullptr;
    }
}

template <class Handler> void launch(SessionState& session, Request& request, Handler& stored, Handler&& handler)
{
    auto& loop = session.loop();
    if (session.options().observer) [[unlikely]] {
        request.profile = &session.settings().profile_or_own(request.profile_name());
        request.observation = observe(session, loop, request);
    }
    if (handler.cancellable())
        handler.on_cancel(loop.canceller(request));
    stored = std::move(handler);
    request.session = &loop;
    loop.state().submit(request);
}

/// What is known so far of a connect that took too long.
Error why_not_connected(SessionLoop& first, const Error& late)
{
    const auto failures = first.connect_failures();
    return detail::none_available(
        "connecting took too long" + (failures.empty() ? ": " + late.message() : std::string{}), failures);
}

/// All loops of a session are in one keyspace: those that switched before one failed go back.
void return_from(const std::string& keyspace, const std::vector<std::shared_ptr<SessionLoop>>& loops,
                 const OnEachLoop::Limit& limit, std::function<void(const Error&)> done)
{
    const auto step = [keyspace](SessionLoop& loop, const SessionLoop::Done& returned) {
        loop.return_from(keyspace);
        returned({});
    };
    OnEachLoop::run(loops, OnEachLoop::Order::at_once, step, limit, std::move(done));
}

}

void SessionAccess::execute(Session& session, Statement statement, RowsHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, no_session().as_exception(), Rows{});
    auto& request = NodePool<Request>::take();
    request.statement = std::move(statement);
    launch(*session.state_, request, request.handler, std::move(handler));
}

void SessionAccess::execute(Session& session, Batch batch, RowsHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, no_session().as_exception(), Rows{});
    auto& request = NodePool<Request>::take();
    request.extras = std::make_unique<RequestExtras>(RequestExtras::Kind::batch);
    request.extras->prepared.resize(batch.statements.size());
    request.statement.options() = batch.options;
    request.extras->batch = std::move(batch);
    launch(*session.state_, request, request.handler, std::move(handler));
}

void SessionAccess::prepare(Session& session, std::string cql, detail::PrepareHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, no_session().as_exception(), PreparedStatement{});
    auto& request = NodePool<Request>::take();
    request.extras = std::make_unique<RequestExtras>(RequestExtras::Kind::prepare);
    request.statement = Statement{std::move(cql)};
    launch(*session.state_, request, request.extras->prepare_handler, std::move(handler));
}

void SessionAccess::connect(SessionOptions options, AnyHandler<void(std::exception_ptr, Session)> handler)
{
    auto settings = detail::Settings::of(std::move(options));
    if (!settings)
        return handler.complete(Loop{}, settings.error().as_exception(), Session{});
    auto state = std::make_shared<SessionState>(std::move(*settings));
    connect(std::move(state), std::move(handler));
}

void SessionAccess::connect(std::shared_ptr<SessionState> state, AnyHandler<void(std::exception_ptr, Session)> handler)
{
    auto& loops = state->loops();
    const OnEachLoop::Limit limit{loops.front()->loop(), state->settings().connect_limit(), why_not_connected};
    if (handler.cancellable())
        handler.on_cancel({state, 0, [](void* owner, std::uint64_t) noexcept {
                               for (const auto& loop : static_cast<SessionState*>(owner)->loops())
                                   detail::run_on(loop->state(), [loop] { loop->cancel_connect(); });
                           }});
    OnEachLoop::run(
        loops, OnEachLoop::Order::at_once,
        [](SessionLoop& loop, SessionLoop::Done done) { loop.connect(std::move(done)); }, limit,
        [state = std::move(state), handler = shared(std::move(handler))](const Error& error) mutable {
            const auto loop = state->loops().front()->loop();
            auto session = error ? Session{} : Session{std::move(state)};
            state.reset();
            handler->complete(loop, error.as_exception(), std::move(session));
        });
}

void SessionAccess::set_keyspace(Session& session, std::string keyspace, VoidHandler handler)
{
    if (!session.state_ || keyspace.empty())
        return handler.complete(
            Loop{}, session.state_ ? Error{errc::configuration, "the keyspace to use has no name"}.as_exception()
                                   : no_session().as_exception());
    const auto loops = session.state_->loops();
    const auto all = session.state_->limit(static_cast<int>(loops.size()) * bounded(session.options().request_timeout));
    OnEachLoop::run(
        loops, OnEachLoop::Order::one_by_one,
        [keyspace](SessionLoop& loop, SessionLoop::Done done) { loop.use(keyspace, std::move(done)); }, all,
        [keyspace, loops, loop = session.loop(), one = session.state_->limit(),
         handler = shared(std::move(handler))](const Error& error) {
            const auto tell = [=](const Error&) { handler->complete(loop, error.as_exception()); };
            if (error && error.code() != errc::closed)
                return return_from(keyspace, loops, one, tell);
            tell(error);
        });
}

void SessionAccess::close(Session& session, VoidHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, nullptr);
    OnEachLoop::run(
        session.state_->loops(), OnEachLoop::Order::at_once,
        [](SessionLoop& loop, SessionLoop::Done done) {
            loop.close();
            done({});
        },
        session.state_->limit(),
        [loop = session.loop(), handler = shared(std::move(handler))](const Error&) {
            handler->complete(loop, nullptr);
        });
}

Session Session::connect(SessionOptions options)
{
    auto settings = detail::Settings::of(std::move(options));
    if (!settings)
        settings.error().raise();
    auto state = std::make_shared<SessionState>(std::move(*settings));
    const auto loop = state->loops().front()->loop();
    return detail::block_on<Session>(loop, [&](AnyHandler<void(std::exception_ptr, Session)> handler) {
        SessionAccess::connect(std::move(state), std::move(handler));
    });
}

Rows Session::execute(Statement statement)
{
    return detail::block_on<Rows>(
        loop(), [&](RowsHandler handler) { SessionAccess::execute(*this, std::move(statement), std::move(handler)); });
}

Rows Session::execute(Batch batch)
{
    return detail::block_on<Rows>(
        loop(), [&](RowsHandler handler) { SessionAccess::execute(*this, std::move(batch), std::move(handler)); });
}

PreparedStatement Session::prepare(std::string cql)
{
    return detail::block_on<PreparedStatement>(loop(), [&](detail::PrepareHandler handler) {
        SessionAccess::prepare(*this, std::move(cql), std::move(handler));
    });
}

void Session::set_keyspace(std::string keyspace)
{
    detail::block_on<void>(loop(), [&](VoidHandler handler) {
        SessionAccess::set_keyspace(*this, std::move(keyspace), std::move(handler));
    });
}

void Session::close()
{
    detail::block_on<void>(loop(), [&](VoidHandler handler) { SessionAccess::close(*this, std::move(handler)); });
}

std::string Session::keyspace() const
{
    return state_ ? state_->commons().keyspace.get() : std::string{};
}

const SessionOptions& Session::options() const noexcept
{
    static const SessionOptions none;
    return state_ ? state_->options() : none;
}

Loop Session::loop() const noexcept
{
    return state_ ? state_->loop().loop() : Loop{};
}

}
