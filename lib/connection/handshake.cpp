#include "lib/connection/handshake.hpp"

#include <coodie/version.hpp>
#include <protocol/auth_response.hpp>
#include <protocol/authenticate.hpp>
#include <protocol/error_response.hpp>
#include <protocol/options.hpp>
#include <protocol/query.hpp>
#include <protocol/response.hpp>
#include <protocol/startup.hpp>
#include <protocol/supported.hpp>

namespace coodie::detail {

using protocol::Bytes;
using protocol::FrameHeader;
using protocol::Opcode;

namespace {

template <class Message> Handshake::Step send(const Message& message)
{
    Handshake::Send step{Message::code, std::vector<std::byte>(message.encoded_size())};
    protocol::Writer out{step.body};
    message.encode(out);
    return step;
}

Error unexpected(const FrameHeader& header, std::string_view wanted)
{
    return {errc::protocol, "the server answered " + std::string{name_of(header.opcode)} + " where " +
                                std::string{wanted} + " was due"};
}

/// An ERROR's own error, or that the opcode makes no sense here.
Error refusal(const FrameHeader& header, Bytes body, std::string_view wanted)
{
    const auto response = protocol::decode_response(header, body);
    if (!response)
        return response.error();
    const auto* error = std::get_if<protocol::ErrorResponse>(&response->message);
    return error ? error->as_error() : unexpected(header, wanted);
}

std::optional<protocol::CompressionAlgorithm> wanted_algorithm(Compression compression)
{
    switch (compression) {
    case Compression::none: return std::nullopt;
    case Compression::lz4: return protocol::CompressionAlgorithm::lz4;
    case Compression::snappy: return protocol::CompressionAlgorithm::snappy;
    }
    return std::nullopt;
}

}

std::string use_statement(std::string_view keyspace)
{
    std::string cql = "USE \"";
    for (const auto c : keyspace)
        cql.append(c == '"' ? 2U : 1U, c);
    return cql + '"';
}

Handshake::Step Handshake::begin()
{
    return send(protocol::Options{});
}

Handshake::Step Handshake::answered(const FrameHeader& header, Bytes body)
{
    if (header.version != protocol::response_version)
        return protocol::foreign_version_error(header, body);
    switch (awaiting_) {
    case Awaiting::supported: return on_supported(header, body);
    case Awaiting::ready_or_authenticate: return on_ready_or_authenticate(header, body);
    case Awaiting::challenge_or_success: return on_challenge_or_success(header, body);
    case Awaiting::cluster_name: return on_cluster_name(header, body);
    case Awaiting::keyspace: return on_keyspace(header, body);
    }
    return unexpected(header, "nothing");
}

Handshake::Step Handshake::on_supported(const FrameHeader& header, Bytes body)
{
    if (header.opcode != Opcode::supported)
        return refusal(header, body, "SUPPORTED");
    const auto response = protocol::decode_response(header, body);
    if (!response)
        return response.error();
    const auto& supported = std::get<protocol::Supported>(response->message);
    if (const auto wanted = wanted_algorithm(options_.compression))
        for (const auto offered : supported.values_of("COMPRESSION"))
            if (offered == name_of(*wanted))
                compression_ = wanted;
    scylla_ = protocol::ScyllaOptions::parse(supported);
    return startup();
}

Handshake::Step Handshake::startup()
{
    awaiting_ = Awaiting::ready_or_authenticate;
    protocol::Startup message;
    if (compression_)
        message.options.emplace_back("COMPRESSION", name_of(*compression_));
    message.options.emplace_back("DRIVER_NAME", "coodie for C++");
    message.options.emplace_back("DRIVER_VERSION", version());
    if (!options_.application_name.empty())
        message.options.emplace_back("APPLICATION_NAME", options_.application_name);
    const auto mark = "LWT_OPTIMIZATION_META_BIT_MASK=" + std::to_string(scylla_.lwt_mask);
    if (scylla_.lwt_mask != 0)
        message.options.emplace_back("SCYLLA_LWT_ADD_METADATA_MARK", mark);
    if (scylla_.rate_limit_code)
        message.options.emplace_back("SCYLLA_RATE_LIMIT_ERROR", "");
    if (scylla_.tablets)
        message.options.emplace_back("TABLETS_ROUTING_V1", "");
    if (scylla_.metadata_id)
        message.options.emplace_back("SCYLLA_USE_METADATA_ID", "");
    if (auto error = message.check())
        return error;
    return send(message);
}

Handshake::Step Handshake::on_ready_or_authenticate(const FrameHeader& header, Bytes body)
{
    if (header.opcode == Opcode::ready)
        return ask_cluster_name();
    if (header.opcode != Opcode::authenticate)
        return refusal(header, body, "READY or AUTHENTICATE");
    const auto response = protocol::decode_response(header, body);
    if (!response)
        return response.error();
    authenticator_ = std::get<protocol::Authenticate>(response->message).authenticator;
    return credentials();
}

/// Authenticators of certificates ask too, and want an empty token. One that wants a password gets none by accident.
bool Handshake::is_known_by_certificate() const
{
    return options_.shows_certificate && options_.username.empty() &&
           !authenticator_.ends_with("PasswordAuthenticator");
}

Handshake::Step Handshake::credentials()
{
    if (is_known_by_certificate()) {
        awaiting_ = Awaiting::challenge_or_success;
        return send(protocol::AuthResponse{protocol::cell_of(std::as_bytes(std::span{authenticator_}.first(0)))});
    }
    if (options_.username.empty())
        return Error{errc::authentication,
                     "the server asks for credentials (" + authenticator_ + "); set username and password"};
    awaiting_ = Awaiting::challenge_or_success;
    auto token = protocol::plain_token(options_.username, options_.password);
    if (!token)
        return token.error();
    auto step = send(protocol::AuthResponse{protocol::cell_of(*token)});
    ::explicit_bzero(token->data(), token->size());
    return step;
}

Handshake::Step Handshake::on_challenge_or_success(const FrameHeader& header, Bytes body)
{
    if (header.opcode == Opcode::auth_success)
        return ask_cluster_name();
    if (header.opcode != Opcode::auth_challenge)
        return refusal(header, body, "AUTH_SUCCESS");
    if (++challenges_ > max_challenges)
        return Error{errc::authentication, "the server's " + authenticator_ + " asks on and on; " +
                                               std::to_string(max_challenges) + " challenges were answered"};
    return credentials();
}

Handshake::Step Handshake::ask_cluster_name()
{
    if (options_.cluster_name.empty())
        return use_keyspace();
    awaiting_ = Awaiting::cluster_name;
    return send(protocol::Query{"SELECT cluster_name FROM system.local", {.consistency = Consistency::one}});
}

/// Addresses are given away and taken again: data for one cluster must not end up in another. A node that does not say
/// where it belongs is believed.
Handshake::Step Handshake::on_cluster_name(const FrameHeader& header, Bytes body)
{
    const auto response = protocol::decode_response(header, body);
    if (!response)
        return response.error();
    const auto* result = std::get_if<protocol::ResultResponse>(&response->message);
    const auto* rows = result ? std::get_if<protocol::RowsResult>(&result->body) : nullptr;
    if (!rows || rows->rows == 0)
        return use_keyspace();
    detail::ElementReader cells{rows->content};
    Cell cell;
    const auto name = cells.next(cell) && !cell.is_null()
                          ? std::string_view{reinterpret_cast<const char*>(cell.bytes().data()), cell.bytes().size()}
                          : std::string_view{};
    if (name.empty() || name == options_.cluster_name)
        return use_keyspace();
    return Error{errc::configuration, "the node belongs to the cluster '" + std::string{name} + "' and not to '" +
                                          options_.cluster_name + "'; its address was given to another cluster"};
}

Handshake::Step Handshake::use_keyspace()
{
    if (options_.keyspace.empty())
        return Finished{};
    awaiting_ = Awaiting::keyspace;
    const auto cql = use_statement(options_.keyspace);
    const protocol::Query query{cql, {.consistency = Consistency::one}};
    if (auto error = query.check())
        return error;
    return send(query);
}

Handshake::Step Handshake::on_keyspace(const FrameHeader& header, Bytes body)
{
    if (header.opcode != Opcode::result)
        return refusal(header, body, "RESULT");
    const auto response = protocol::decode_response(header, body);
    if (!response)
        return response.error();
    const auto& result = std::get<protocol::ResultResponse>(response->message);
    const auto* set = std::get_if<protocol::SetKeyspaceResult>(&result.body);
    if (!set || set->keyspace != options_.keyspace)
        return Error{errc::protocol, "the server did not switch to the keyspace '" + options_.keyspace + "'"};
    return Finished{};
}

}
