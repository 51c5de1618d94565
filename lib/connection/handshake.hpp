#pragma once

#include <coodie/session.hpp>
#include <optional>
#include <protocol/compression.hpp>
#include <protocol/frame.hpp>
#include <protocol/scylla_options.hpp>
#include <string>
#include <variant>
#include <vector>

namespace coodie::detail {

struct HandshakeOptions
{
    std::string username = {};
    std::string password = {};
    std::string application_name = {};
    std::string keyspace = {};      ///< as the user wrote it, without quotes
    bool shows_certificate = false; ///< TLS tells the server who we are
    Compression compression = Compression::none;
    std::string cluster_name = {}; ///< a node of any other cluster is refused; empty: any will do
};

/// What a new connection says before it can be used: OPTIONS, STARTUP, credentials when they are asked for,
/// whose cluster it is, USE.
/// Pure: answers in, the next message or the outcome out.
class Handshake
{
public:
    struct Send
    {
        protocol::Opcode opcode;
        std::vector<std::byte> body; ///< may hold credentials: the caller wipes it
    };
    struct Finished
    {
    };
    using Step = std::variant<Send, Finished, Error>;

    /// `options` outlive it.
    explicit Handshake(const HandshakeOptions& options) noexcept : options_{options} {}

    Step begin();
    Step answered(const protocol::FrameHeader& header, protocol::Bytes body);
    /// Known once STARTUP was sent.
    std::optional<protocol::CompressionAlgorithm> compression() const noexcept { return compression_; }
    /// What the server offered beyond CQL, all of which STARTUP takes.
    const protocol::ScyllaOptions& scylla() const noexcept { return scylla_; }

private:
    enum class Awaiting : std::uint8_t
    {
        supported,
        ready_or_authenticate,
        challenge_or_success,
        cluster_name,
        keyspace,
    };
    static constexpr int max_challenges = 16;

    Step on_supported(const protocol::FrameHeader& header, protocol::Bytes body);
    Step on_ready_or_authenticate(const protocol::FrameHeader& header, protocol::Bytes body);
    Step on_challenge_or_success(const protocol::FrameHeader& header, protocol::Bytes body);
    Step on_cluster_name(const protocol::FrameHeader& header, protocol::Bytes body);
    Step on_keyspace(const protocol::FrameHeader& header, protocol::Bytes body);
    Step startup();
    Step credentials();
    bool is_known_by_certificate() const;
    Step ask_cluster_name();
    Step use_keyspace();

    const HandshakeOptions& options_;
    Awaiting awaiting_ = Awaiting::supported;
    std::string authenticator_;
    std::optional<protocol::CompressionAlgorithm> compression_;
    protocol::ScyllaOptions scylla_;
    int challenges_ = 0;
};

/// USE with the name in quotes, so that its case counts and nothing in it can inject.
std::string use_statement(std::string_view keyspace);

}
