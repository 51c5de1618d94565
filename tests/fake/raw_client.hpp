#pragma once

#include <coodie/testing/fake_cluster.hpp>
#include <protocol/request.hpp>
#include <protocol/response.hpp>

/// A client without a mind of its own: sends the frames it is told to and shows what comes back, byte for byte.
/// Every wait ends after five seconds.
class RawClient
{
public:
    using Bytes = std::vector<std::byte>;

    /// Where a connection stands that reads no more.
    enum class End
    {
        open, ///< nothing came
        closed,
        reset,
    };

    RawClient(const coodie::testing::FakeCluster& cluster, std::size_t node = 0) : RawClient{cluster.address(node)} {}
    /// `source_port`: of this side; 0: any.
    explicit RawClient(const std::string& address, std::uint16_t source_port = 0);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(const Bytes& bytes);
    template <class Message> void ask(const Message& message, std::int16_t stream = 0, std::uint8_t flags = 0)
    {
        send(coodie::protocol::frame_of(message, stream, flags));
    }
    /// STARTUP, and READY for it.
    void start(coodie::protocol::StringMap more = {});

    /// The next whole frame. Errors: a failed check when none comes.
    Bytes frame();
    /// So many bytes, or as many as come before the end.
    Bytes read(std::size_t size, std::chrono::milliseconds timeout = std::chrono::seconds{5});
    bool is_silent(std::chrono::milliseconds during = std::chrono::milliseconds{50});
    End end();

private:
    int socket_ = -1;
};

/// A frame and its message. Lifetime: views into `bytes`.
struct Heard
{
    explicit Heard(RawClient::Bytes frame);
    Heard(const Heard&) = delete;
    Heard& operator=(const Heard&) = delete;

    RawClient::Bytes bytes;
    coodie::protocol::FrameHeader header;
    coodie::protocol::DecodedResponse response;

    template <class Message> const Message& as() const { return std::get<Message>(response.message); }
    template <class Result> const Result& result() const
    {
        return std::get<Result>(as<coodie::protocol::ResultResponse>().body);
    }
    coodie::errc error() const; ///< of an ERROR
};
