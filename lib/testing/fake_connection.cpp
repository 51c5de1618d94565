#include <asio/write.hpp>
#include <lib/testing/cluster_state.hpp>

namespace coodie::testing {
namespace {

constexpr std::size_t read_size = 64U << 10U;
constexpr std::size_t largest_frame = 300U << 20U;

}

FakeConnection::FakeConnection(FakeClusterState& cluster, asio::ip::tcp::socket socket, Dialogue dialogue)
    : cluster_{cluster}, socket_{std::move(socket)}, pause_{cluster.context}, dialogue_{std::move(dialogue)}
{
}

bool FakeConnection::reading_stops() const
{
    return frozen_ || cluster_.servers[dialogue_.node].frozen == Frozen::reading;
}

bool FakeConnection::writing_stops() const
{
    return frozen_ || cluster_.servers[dialogue_.node].frozen.has_value();
}

void FakeConnection::resume()
{
    frozen_ = false;
    take_frames();
    read();
    write();
}

void FakeConnection::read()
{
    if (reads_ || !is_open() || reading_stops())
        return;
    reads_ = true;
    const auto before = in_.size();
    in_.resize(before + read_size);
    socket_.async_read_some(asio::buffer(in_.data() + before, read_size),
                            [self = shared_from_this(), before](asio::error_code error, std::size_t size) {
                                self->reads_ = false;
                                self->in_.resize(before + size);
                                if (error)
                                    return self->close();
                                self->take_frames();
                                self->read();
                            });
}

void FakeConnection::take_frames()
{
    if (reads_)
        return;
    while (is_open() && !reading_stops() && take_frame())
        ;
    in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
}

bool FakeConnection::take_frame()
{
    const auto rest = std::span<const std::byte>{in_}.subspan(taken_);
    if (rest.size() < protocol::header_size)
        return false;
    const auto length = static_cast<std::uint32_t>(protocol::parse_header(rest.first<protocol::header_size>()).length);
    if (length > largest_frame) {
        close();
        return false;
    }
    const auto size = protocol::header_size + length;
    if (rest.size() < size)
        return false;
    const std::vector<std::byte> frame{rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size)};
    taken_ += size;
    cluster_.received(shared_from_this(), frame);
    return true;
}

void FakeConnection::send(std::vector<Piece> pieces)
{
    for (auto& piece : pieces)
        out_.push_back(std::move(piece));
    write();
}

void FakeConnection::write()
{
    if (writes_ || !is_open() || writing_stops())
        return;
    if (out_.empty()) {
        if (ends_)
            close();
        return;
    }
    writes_ = true;
    auto piece = std::move(out_.front());
    out_.pop_front();
    if (piece.pause.count() == 0)
        return write(std::move(piece));
    pause_.expires_after(piece.pause);
    pause_.async_wait([self = shared_from_this(), waiting = std::move(piece)](asio::error_code) mutable {
        self->write(std::move(waiting));
    });
}

void FakeConnection::write(Piece piece)
{
    auto bytes = std::make_unique<std::vector<std::byte>>(std::move(piece.bytes));
    const auto buffer = asio::buffer(*bytes);
    asio::async_write(socket_, buffer,
                      [self = shared_from_this(), kept = std::move(bytes)](asio::error_code error, std::size_t) {
                          self->writes_ = false;
                          if (error)
                              return self->close();
                          self->write();
                      });
}

void FakeConnection::close_when_sent()
{
    ends_ = true;
    write();
}

void FakeConnection::close()
{
    if (!is_open())
        return;
    asio::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
    pause_.cancel();
    out_.clear();
    cluster_.closed(*this);
}

void FakeConnection::reset()
{
    if (!is_open())
        return;
    asio::error_code ignored;
    socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket_.close(ignored);
    pause_.cancel();
    out_.clear();
    cluster_.closed(*this);
}

}
