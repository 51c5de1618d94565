#include "lib/pool/keyspace_switch.hpp"

#include <protocol/query.hpp>
#include <protocol/response.hpp>

namespace coodie::detail {

KeyspaceSwitch::KeyspaceSwitch(LoopState& loop, std::shared_ptr<Connection> connection, std::string keyspace)
    : loop_{loop}, connection_{std::move(connection)}, keyspace_{std::move(keyspace)}
{
    answered = [](Exchange& exchange, const Answer& answer) {
        auto& self = static_cast<KeyspaceSwitch&>(exchange);
        self.finish(self.read(answer));
        return Error{};
    };
    lost = [](Exchange& exchange, const Error& error) noexcept {
        static_cast<KeyspaceSwitch&>(exchange).finish(error);
    };
    expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<KeyspaceSwitch&>(deadline);
        self.connection_->core().abandon(self);
        self.finish({errc::request_timeout, self.connection_->host() + ": USE was not answered in time"});
    };
}

KeyspaceSwitch::~KeyspaceSwitch()
{
    if (is_linked())
        loop_.unlink(*this);
}

void KeyspaceSwitch::start(std::chrono::milliseconds timeout, Done done)
{
    done_ = std::move(done);
    loop_.link(*this, loop_.after(timeout));
    const auto cql = use_statement(keyspace_);
    const protocol::Query message{cql, {.consistency = Consistency::one}};
    auto& core = connection_->core();
    protocol::Writer out{core.begin(*this, protocol::Query::code, 0, message.encoded_size())};
    message.encode(out);
    core.finish();
    connection_->submitted();
}

Error KeyspaceSwitch::read(const Answer& answer) const
{
    const auto response = protocol::decode_response(answer.header, answer.body);
    if (!response)
        return response.error();
    if (const auto* error = std::get_if<protocol::ErrorResponse>(&response->message))
        return error->as_error();
    const auto* result = std::get_if<protocol::ResultResponse>(&response->message);
    const auto* set = result ? std::get_if<protocol::SetKeyspaceResult>(&result->body) : nullptr;
    if (set && set->keyspace == keyspace_)
        return {};
    return {errc::protocol, "the server did not switch to the keyspace '" + keyspace_ + "'"};
}

/// The last that happens here: `done` may destroy this.
void KeyspaceSwitch::finish(const Error& error)
{
    if (is_linked())
        loop_.unlink(*this);
    const auto done = std::exchange(done_, nullptr);
    done(*this, error);
}

}
