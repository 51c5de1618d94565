#include "lib/connection/connection.hpp"

#include <protocol/options.hpp>

namespace coodie::detail {

Connection::Connection(LoopState& loop, const ConnectionOptions& options, ContactPoint server)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, options_{options}, server_{std::move(server)},
      stream_{loop.context()}, core_{options.limits, options.meter}, handshake_{options.handshake}
{
    EndOfTurn::run = [](EndOfTurn& self) noexcept { static_cast<Connection&>(self).end_turn(); };
    handshake_exchange_.connection = heartbeat_.connection = connect_alarm_.connection = idle_alarm_.connection = this;
    silence_alarm_.connection = this;
    handshake_exchange_.answered = [](Exchange& exchange, const Answer& answer) {
        return static_cast<HandshakeExchange&>(exchange).connection->on_handshake(answer);
    };
    heartbeat_.answered = [](Exchange&, const Answer&) { return Error{}; };
    handshake_exchange_.lost = heartbeat_.lost = [](Exchange&, const Error&) noexcept {};
    connect_alarm_.expire = [](Deadline& alarm) noexcept {
        static_cast<Alarm&>(alarm).connection->on_connect_timeout();
    };
    idle_alarm_.expire = [](Deadline& alarm) noexcept { static_cast<Alarm&>(alarm).connection->on_idle(); };
    silence_alarm_.expire = [](Deadline& alarm) noexcept { static_cast<Alarm&>(alarm).connection->on_silence(); };
    watched_ = options.silence_timeout.count() == 0;
}

void Connection::open(const Endpoint& endpoint, std::shared_ptr<ConnectionOwner> owner,
                      const std::optional<LocalPorts>& from)
{
    owner_ = std::move(owner);
    if (from)
        (void)bind_to_one(stream_.socket(), endpoint.protocol(), *from);
    arm(connect_alarm_, loop_.after(options_.connect_timeout));
    stream_.socket().async_connect(endpoint, [self = shared_from_this()](std::error_code ec) {
        const Turn turn{self->loop_};
        if (self->state_ == State::connecting)
            self->on_connected(ec);
    });
}

void Connection::close(const Error& error) noexcept
{
    if (state_ == State::closed)
        return;
    const auto self = shared_from_this();
    if (options_.meter && state_ == State::ready)
        ++options_.meter->closed;
    shut();
    lose_all(error);
}

void Connection::shut() noexcept
{
    state_ = State::closed;
    disarm(connect_alarm_);
    disarm(idle_alarm_);
    disarm(silence_alarm_);
    stream_.close();
    core_.stop_output();
    core_.end();
}

/// One by one: what hears of its loss may give up others.
void Connection::lose_all(const Error& error) noexcept
{
    while (auto* exchange = core_.take_pending())
        exchange->lost(*exchange, error);
}

void Connection::fail(const Error& error) noexcept
{
    if (state_ == State::closed)
        return;
    const auto self = shared_from_this();
    const auto owner = owner_;
    const bool was_ready = state_ == State::ready;
    const Error told{error.code(), host_ + ": " + error.message(), error.fields()};
    shut();
    if (options_.meter)
        ++(was_ready ? options_.meter->lost : options_.meter->failed);
    if (was_ready)
        owner->lost(told);
    lose_all(told);
    if (!was_ready)
        owner->opened(told);
}

void Connection::check_orphans() noexcept
{
    if (has_too_many_orphans())
        loop_.mark(*this);
}

void Connection::on_connected(std::error_code ec)
{
    if (!ec)
        ec = stream_.prepare();
    if (ec)
        return fail({errc::connection_lost, "cannot connect: " + ec.message()});
    if (!options_.tls)
        return begin_handshake();
    state_ = State::securing;
    stream_.secure(options_.tls->current(), server_.name);
    secure();
}

/// Goes on with the TLS handshake as far as the peer lets it.
void Connection::secure()
{
    const auto transferred = stream_.handshake();
    if (transferred.outcome == Transfer::done)
        return begin_handshake();
    if (transferred.outcome != Transfer::would_block)
        return fail(broken(transferred));
    stream_.wait_readable([self = shared_from_this()](std::error_code ec) {
        const Turn turn{self->loop_};
        if (self->state_ == State::securing && !ec)
            self->secure();
    });
}

void Connection::begin_handshake()
{
    state_ = State::handshaking;
    if (auto error = take_step(handshake_.begin()))
        return fail(error);
    arm_read();
}

Error Connection::on_handshake(const Answer& answer)
{
    return take_step(handshake_.answered(answer.header, answer.body));
}

Error Connection::take_step(Handshake::Step step)
{
    if (auto* error = std::get_if<Error>(&step))
        return *error;
    if (auto* message = std::get_if<Handshake::Send>(&step))
        send_handshake(std::move(*message));
    else
        finish_handshake();
    return {};
}

void Connection::send_handshake(Handshake::Send message)
{
    const auto body = core_.begin(handshake_exchange_, message.opcode, 0, message.body.size());
    std::copy(message.body.begin(), message.body.end(), body.begin());
    core_.finish();
    core_.agree(handshake_.compression());
    if (!message.body.empty())
        ::explicit_bzero(message.body.data(), message.body.size());
    submitted();
}

void Connection::finish_handshake()
{
    disarm(connect_alarm_);
    core_.authenticated(handshake_.compression(), scylla().metadata_id);
    state_ = State::ready;
    if (options_.meter)
        ++options_.meter->opened;
    last_heard_ = loop_.now();
    if (options_.heartbeat_interval.count() != 0)
        arm(idle_alarm_, last_heard_ + options_.heartbeat_interval);
    owner_->opened({});
}

void Connection::arm(Alarm& alarm, Clock::time_point when) noexcept
{
    disarm(alarm);
    loop_.link(alarm, when);
}

void Connection::disarm(Alarm& alarm) noexcept
{
    if (alarm.is_linked())
        loop_.unlink(alarm);
}

void Connection::on_connect_timeout() noexcept
{
    const auto* silent = state_ == State::connecting ? "the host did not accept a connection within "
                         : state_ == State::securing ? "the peer did not finish the TLS handshake within "
                                                     : "the peer did not finish the handshake within ";
    fail({errc::request_timeout, silent + std::to_string(options_.connect_timeout.count()) + " ms"});
}

/// Asks a silent server whether it is there; no answer in time, and the connection is lost.
void Connection::on_idle() noexcept
{
    const bool is_asked = heartbeat_.stream >= 0;
    if (!is_asked && options_.heartbeat_interval.count() == 0)
        return;
    const auto due = last_heard_ + (is_asked ? options_.heartbeat_timeout : options_.heartbeat_interval);
    if (loop_.now() < due)
        return arm(idle_alarm_, due);
    if (is_asked)
        return fail({errc::connection_lost, "the server did not answer a heartbeat within " +
                                                std::to_string(options_.heartbeat_timeout.count()) + " ms"});
    probe();
}

void Connection::probe()
{
    if (state_ != State::ready || heartbeat_.stream >= 0)
        return;
    send_heartbeat();
    arm(idle_alarm_, loop_.now() + options_.heartbeat_timeout);
}

void Connection::send_heartbeat()
{
    core_.begin(heartbeat_, protocol::Opcode::options, 0, 0);
    core_.finish();
    submitted();
}

bool Connection::owes_answers() const noexcept
{
    const std::size_t asked = heartbeat_.stream >= 0 ? 1 : 0;
    return core_.in_flight() > core_.orphans() + asked;
}

Silence::Signs Connection::signs_of_life() noexcept
{
    const auto& output = core_.output();
    const auto unacknowledged = stream_.unacknowledged();
    return {last_heard_, output.all_sent() - unacknowledged, output.size() + unacknowledged};
}

void Connection::watch_silence() noexcept
{
    watched_ = true;
    silence_.begin(signs_of_life());
    arm(silence_alarm_, loop_.now() + options_.silence_timeout / Silence::parts);
}

/// What is in flight shows a frozen server long before an idle connection would.
void Connection::on_silence() noexcept
{
    if (!owes_answers()) {
        watched_ = false;
        return;
    }
    arm(silence_alarm_, loop_.now() + options_.silence_timeout / Silence::parts);
    switch (silence_.part_over(signs_of_life())) {
    case Silence::Verdict::there: return;
    case Silence::Verdict::doubtful: return probe();
    case Silence::Verdict::gone:
        return fail({errc::connection_lost, "the server owed answers and said nothing for " +
                                                std::to_string(options_.silence_timeout.count()) + " ms"});
    }
}

}
