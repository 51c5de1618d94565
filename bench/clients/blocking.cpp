// coodie's Session, blocking calls: on the calling thread, which is the only one (the user's loop, which nobody runs
// meanwhile), or with `--thread` beside the session's own loop thread, as the default options have it.
#include "../meter/client.hpp"
#include "coodie/statements.hpp"

#include <asio/io_context.hpp>
#include <coodie/async.hpp>
#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

class Blocking : public Client
{
public:
    Blocking(std::uint16_t port, bool own_thread)
        : session_(coodie::Session::connect(options(port, own_thread))), statements_(session_)
    {
    }

    void run(Kind kind, Window& window) override
    {
        if (window.lanes().size() != 1)
            throw std::invalid_argument("blocking calls have one request in flight");
        auto& lane = window.lanes().front();
        do {
            window.sending(lane);
            fold_rows(session_.execute(statements_.bind(kind, lane.number)), lane.fold);
        } while (window.answered(lane));
    }

private:
    coodie::SessionOptions options(std::uint16_t port, bool own_thread)
    {
        coodie::SessionOptions options{.hosts = {"127.0.0.1"}, .port = port, .metadata = false};
        if (!own_thread)
            options.loops = {coodie::loop_of(context_)};
        return options;
    }

    asio::io_context context_{1};
    coodie::Session session_;
    Statements statements_;
};

}
}

int main(int argc, char** argv)
{
    const bool own_thread = argc > 2 && std::strcmp(argv[2], "--thread") == 0;
    return bench::serve(argc, argv,
                        [&](std::uint16_t port) { return std::make_unique<bench::Blocking>(port, own_thread); });
}
