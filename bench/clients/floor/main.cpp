// The physical limit: one blocking socket, one thread. A request's frame is laid out once; sending it again stores the
// stream and the values in place. Answers are checked and decoded where they were received. Nothing else is done.
#include "../../meter/client.hpp"
#include "answer.hpp"
#include "layout.hpp"
#include "socket.hpp"

#include <string>

namespace bench {
namespace {

class Floor : public Client
{
public:
    explicit Floor(std::uint16_t port) : socket_(port), in_(1 << 20)
    {
        FrameBuilder startup(Opcode::startup);
        startup.number(std::uint16_t{1}).number(std::uint16_t{11}).bytes("CQL_VERSION");
        call(startup.number(std::uint16_t{5}).bytes("3.4.5").finish(), Opcode::ready);
        layouts_[0] = prepare(Kind::insert, insert_text);
        layouts_[1] = prepare(Kind::select, select_text);
        layouts_[2] = prepare(Kind::page, page_text);
    }

    void run(Kind kind, Window& window) override
    {
        const auto& layout = layouts_[static_cast<std::size_t>(kind)];
        auto& lanes = window.lanes();
        out_.resize(lanes.size() * layout.frame.size());
        for (std::size_t i = 0; i < lanes.size(); ++i)
            std::memcpy(out_.data() + i * layout.frame.size(), layout.frame.data(), layout.frame.size());
        gathered_ = 0;
        for (std::size_t stream = 0; stream < lanes.size(); ++stream)
            gather(kind, layout, window, stream);
        std::size_t in_flight = lanes.size();
        while (in_flight != 0) {
            socket_.send_all(out_.data(), gathered_ * layout.frame.size());
            gathered_ = 0;
            in_flight -= receive(kind, layout, window);
        }
    }

private:
    /// Sends one request and waits for its answer. @return the answer's body.
    std::string call(const std::vector<std::byte>& frame, Opcode expected)
    {
        socket_.send_all(frame.data(), frame.size());
        std::size_t have = 0;
        while (have < header_size || have < header_size + load<std::uint32_t>(in_.data() + 5))
            have += socket_.receive(in_.data() + have, in_.size() - have);
        if (in_[4] != static_cast<std::byte>(expected))
            fail("an unexpected answer while connecting");
        return {reinterpret_cast<const char*>(in_.data()) + header_size, have - header_size};
    }

    Layout prepare(Kind kind, std::string_view cql)
    {
        FrameBuilder out(Opcode::prepare);
        const auto body = call(out.number(static_cast<std::uint32_t>(cql.size())).bytes(cql).finish(), Opcode::result);
        const auto id_size = load<std::uint16_t>(reinterpret_cast<const std::byte*>(body.data()) + 4);
        return lay_out(kind, std::string_view(body).substr(6, id_size));
    }

    /// Stores the lane's next request in the next free frame.
    void gather(Kind kind, const Layout& layout, Window& window, std::size_t stream)
    {
        auto& lane = window.lanes()[stream];
        window.sending(lane);
        store_request(out_.data() + gathered_++ * layout.frame.size(), layout, kind, stream, lane.number);
    }

    /// Waits for answers and takes every whole one. @return how many lanes are done.
    std::size_t receive(Kind kind, const Layout& layout, Window& window)
    {
        end_ += socket_.receive(in_.data() + end_, in_.size() - end_);
        std::size_t done = 0;
        std::size_t at = 0;
        while (end_ - at >= header_size) {
            const auto* frame = in_.data() + at;
            const auto size = load<std::uint32_t>(frame + 5);
            if (end_ - at - header_size < size)
                break;
            const auto stream = take(kind, window, frame, size);
            if (window.answered(window.lanes()[stream]))
                gather(kind, layout, window, stream);
            else
                ++done;
            at += header_size + size;
        }
        std::memmove(in_.data(), in_.data() + at, end_ - at);
        end_ -= at;
        return done;
    }

    /// Checks and decodes one answer. @return its stream.
    std::size_t take(Kind kind, Window& window, const std::byte* frame, std::size_t size)
    {
        const std::size_t stream = load<std::uint16_t>(frame + 2);
        if (frame[0] != std::byte{0x84} || frame[1] != std::byte{0} || stream >= window.lanes().size() ||
            frame[4] != static_cast<std::byte>(Opcode::result))
            fail("expected a result without flags");
        const Answer in(frame + header_size, size);
        if (kind == Kind::insert)
            check_void(in);
        else
            fold_rows(in, window.lanes()[stream].fold);
        return stream;
    }

    Socket socket_;
    Layout layouts_[3];
    std::vector<std::byte> out_;
    std::size_t gathered_ = 0;
    std::vector<std::byte> in_;
    std::size_t end_ = 0;
};

}
}

int main(int argc, char** argv)
{
    return bench::serve(argc, argv, [](std::uint16_t port) { return std::make_unique<bench::Floor>(port); });
}
