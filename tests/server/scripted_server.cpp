#include "scripted_server.hpp"

#include <arpa/inet.h>
#include <coodie/data_type.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

using namespace coodie;
using namespace coodie::protocol;
using Kind = ScriptedServer::Reply::Kind;

namespace {

bool send_all(int socket, const ScriptedServer::Frame& bytes)
{
    for (std::size_t sent = 0; sent < bytes.size();) {
        const auto n = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        sent += static_cast<std::size_t>(n);
    }
    return true;
}

bool drip(int socket, const ScriptedServer::Frame& bytes)
{
    for (const auto byte : bytes) {
        if (!send_all(socket, {byte}))
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
}

bool read_all(int socket, std::byte* at, std::size_t size)
{
    return size == 0 || ::recv(socket, at, size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

ScriptedServer::Frame bytes_of(std::string_view text)
{
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

ScriptedServer::Reply result(decltype(ResultResponse::body) body)
{
    return reply(ResultResponse{std::move(body)});
}

}

ScriptedServer::Reply raw(std::string_view bytes)
{
    return {Kind::raw, bytes_of(bytes)};
}

ScriptedServer::Reply body(Opcode opcode, std::string_view bytes, std::uint8_t flags)
{
    ScriptedServer::Frame frame(header_size);
    store_header(frame.data(), {response_version, flags, 0, opcode, static_cast<std::int32_t>(bytes.size())});
    const auto content = bytes_of(bytes);
    frame.insert(frame.end(), content.begin(), content.end());
    return {Kind::frame, frame};
}

ScriptedServer::Reply error_reply(std::int32_t code, std::string_view message, ServerFields fields)
{
    return reply(ErrorResponse{code, message, std::move(fields)});
}

ScriptedServer::Reply void_reply()
{
    return result(VoidResult{});
}

ScriptedServer::Reply unprepared(std::string_view id)
{
    UnpreparedFields fields;
    for (const auto c : id)
        fields.id.push_back(static_cast<std::byte>(c));
    return error_reply(0x2500, "Prepared query not found", fields);
}

ScriptedServer::Reply prepared_reply(std::string_view id, std::vector<ColumnSpec> bind_columns)
{
    const auto bytes = bytes_of(id);
    PreparedResult prepared{.id = bytes};
    prepared.bind_columns.columns = std::move(bind_columns);
    prepared.bind_columns.spellings.resize(0);
    prepared.result_metadata.flags = metadata_flag::no_metadata;
    return result(std::move(prepared));
}

ScriptedServer::Reply row_reply(std::string_view cell)
{
    auto columns = std::make_shared<ResultMetadata>();
    columns->columns.push_back({"ks", "t", "name", DataType{TypeId::text}});
    ScriptedServer::Frame content(4 + cell.size());
    auto* at = coodie::detail::store_integer(content.data(), static_cast<std::int32_t>(cell.size()));
    std::memcpy(at, cell.data(), cell.size());
    RowsResult rows{.metadata = {.columns_count = 1, .columns = std::move(columns)}, .content = content, .rows = 1};
    return result(std::move(rows));
}

ScriptedServer::ScriptedServer(std::vector<Rule> rules) : rules_{std::move(rules)}
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error{"the scripted server cannot listen"};
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
}

ScriptedServer::~ScriptedServer()
{
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (auto& peer : peers_) {
        ::shutdown(peer.socket, SHUT_RDWR);
        peer.thread.join();
        ::close(peer.socket);
    }
}

void ScriptedServer::accept_all()
{
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            return;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const std::lock_guard lock{mutex_};
        ++connections_;
        peers_.push_back({socket, std::thread{[this, socket] { serve(socket); }}});
    }
}

void ScriptedServer::serve(int socket)
{
    for (;;) {
        std::array<std::byte, header_size> header;
        if (!read_all(socket, header.data(), header.size()))
            break;
        Request request{parse_header(header), {}};
        request.body.resize(static_cast<std::size_t>(request.header.length));
        if (!read_all(socket, request.body.data(), request.body.size()) || !answer(socket, request))
            break;
    }
    ::shutdown(socket, SHUT_RDWR);
}

bool ScriptedServer::answer(int socket, const Request& request)
{
    for (auto& reply : replies_to(request)) {
        if (reply.kind == Kind::hang_up)
            return false;
        if (reply.kind == Kind::frame || reply.kind == Kind::hold) {
            coodie::detail::store_integer(reply.bytes.data() + 2, request.header.stream);
        }
        if (reply.kind == Kind::hold) {
            const std::lock_guard lock{mutex_};
            if (holds_) {
                held_.emplace_back(socket, reply.bytes);
                continue;
            }
        }
        if (reply.kind != Kind::silence &&
            !(reply.kind == Kind::drip ? drip(socket, reply.bytes) : send_all(socket, reply.bytes)))
            return false;
    }
    return true;
}

std::vector<ScriptedServer::Reply> ScriptedServer::replies_to(const Request& request)
{
    const std::lock_guard lock{mutex_};
    seen_.push_back(request);
    changed_.notify_all();
    for (auto& rule : rules_) {
        if (rule.opcode != request.header.opcode || rule.uses == 0 ||
            request.text().find(rule.contains) == std::string::npos)
            continue;
        rule.uses -= rule.uses > 0;
        return rule.replies;
    }
    switch (request.header.opcode) {
    case Opcode::options: return {reply(Supported{{{"CQL_VERSION", {"3.4.5"}}, {"COMPRESSION", {"lz4", "snappy"}}}})};
    case Opcode::prepare: return {prepared_reply("id of " + request.text().substr(4))};
    case Opcode::query:
    case Opcode::execute:
    case Opcode::batch: return {void_reply()};
    default: return {reply(Ready{})};
    }
}

void ScriptedServer::add(Rule rule)
{
    const std::lock_guard lock{mutex_};
    rules_.insert(rules_.begin(), std::move(rule));
}

void ScriptedServer::release()
{
    const std::lock_guard lock{mutex_};
    holds_ = false;
    for (const auto& [socket, bytes] : held_)
        send_all(socket, bytes);
    held_.clear();
}

void ScriptedServer::hang_up_all()
{
    const std::lock_guard lock{mutex_};
    for (const auto& peer : peers_)
        ::shutdown(peer.socket, SHUT_RDWR);
}

int ScriptedServer::count(Opcode opcode, std::string_view contains) const
{
    const std::lock_guard lock{mutex_};
    int number = 0;
    for (const auto& request : seen_)
        number += request.header.opcode == opcode && request.text().find(contains) != std::string::npos;
    return number;
}

void ScriptedServer::await(Opcode opcode, int times, std::string_view contains) const
{
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] {
        int number = 0;
        for (const auto& request : seen_)
            number += request.header.opcode == opcode && request.text().find(contains) != std::string::npos;
        return number >= times;
    });
}
