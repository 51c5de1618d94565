#include "lib/session/use_keyspace.hpp"

#include <protocol/query.hpp>
#include <protocol/response.hpp>

namespace coodie::detail {

UseKeyspace::UseKeyspace(const std::string& keyspace, Done done) : keyspace_{keyspace}, done_{std::move(done)}
{
    answered = [](Exchange& self, const Answer& answer) { return static_cast<UseKeyspace&>(self).on_answer(answer); };
    lost = [](Exchange& self, const Error& error) noexcept { static_cast<UseKeyspace&>(self).finish(error); };
}

void UseKeyspace::start(Connection& connection, const std::string& keyspace, Done done)
{
    const auto cql = use_statement(keyspace);
    const protocol::Query query{cql, {.consistency = Consistency::one}};
    if (auto error = query.check())
        return done(error);
    if (!connection.core().has_free_stream())
        return done({errc::overloaded, "no stream is free to switch the keyspace on; try again"});
    auto* use = new UseKeyspace{keyspace, std::move(done)};
    protocol::Writer out{connection.core().begin(*use, protocol::Opcode::query, 0, query.encoded_size())};
    query.encode(out);
    connection.core().finish();
    connection.submitted();
}

Error UseKeyspace::on_answer(const Answer& answer)
{
    const auto response = protocol::decode_response(answer.header, answer.body);
    if (!response) {
        finish(response.error());
        return response.error();
    }
    if (const auto* error = std::get_if<protocol::ErrorResponse>(&response->message)) {
        finish(error->as_error());
        return {};
    }
    const auto* result = std::get_if<protocol::ResultResponse>(&response->message);
    const auto* set = result ? std::get_if<protocol::SetKeyspaceResult>(&result->body) : nullptr;
    if (set && set->keyspace == keyspace_)
        finish({});
    else
        finish({errc::protocol, "the server did not switch to the keyspace '" + keyspace_ + "'"});
    return {};
}

void UseKeyspace::finish(const Error& error)
{
    const std::unique_ptr<UseKeyspace> self{this};
    done_(error);
}

}
