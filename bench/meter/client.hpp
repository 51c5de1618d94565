#pragma once

#include "window.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace bench {

/// One way to do the work. Errors: throws; the process then ends with the sentence.
class Client
{
public:
    virtual ~Client() = default;
    /// Completes every request of the window, with one request of each lane in flight.
    virtual void run(Kind kind, Window& window) = 0;
};

/// The main program of every client: connects to the port given as first argument, then does the works named on
/// standard input, a line `<insert|select|page> <depth> <milliseconds>` each, and answers each with one line of JSON.
int serve(int argc, char** argv, const std::function<std::unique_ptr<Client>(std::uint16_t port)>& connect);

}
