// coodie's Session: prepared statements, callbacks, everything on the one thread that runs the loop.
#include "../meter/client.hpp"
#include "coodie/statements.hpp"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <coodie/async.hpp>

namespace bench {
namespace {

class Raw : public Client
{
public:
    explicit Raw(std::uint16_t port)
        : session_(coodie::Session::connect(
              {.hosts = {"127.0.0.1"}, .port = port, .metadata = false, .loops = {coodie::loop_of(context_)}})),
          statements_(session_)
    {
    }

    void run(Kind kind, Window& window) override
    {
        kind_ = kind;
        window_ = &window;
        running_ = window.lanes().size();
        asio::post(context_, [this] {
            for (auto& lane : window_->lanes())
                send(lane);
        });
        while (running_ != 0)
            context_.run_one();
    }

private:
    void send(Lane& lane)
    {
        window_->sending(lane);
        session_.async_execute(statements_.bind(kind_, lane.number),
                               [this, &lane](std::exception_ptr error, coodie::Rows rows) {
                                   if (error)
                                       std::rethrow_exception(error);
                                   answered(lane, rows);
                               });
    }

    void answered(Lane& lane, const coodie::Rows& rows)
    {
        fold_rows(rows, lane.fold);
        if (window_->answered(lane))
            send(lane);
        else
            --running_;
    }

    asio::io_context context_{1};
    coodie::Session session_;
    Statements statements_;
    Kind kind_{};
    Window* window_ = nullptr;
    std::size_t running_ = 0;
};

}
}

int main(int argc, char** argv)
{
    return bench::serve(argc, argv, [](std::uint16_t port) { return std::make_unique<bench::Raw>(port); });
}
