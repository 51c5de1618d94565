#pragma once

#include "answers.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// One client: reads what there is, answers every whole frame in it, sends all answers at once.
class Connection
{
public:
    Connection(int socket, Answers& answers);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int socket() const { return socket_; }
    /// False when the client has gone.
    bool readable();
    bool writable();
    /// True while the client's socket takes no more.
    bool blocked() const { return sent_ < out_.size(); }

private:
    void answer_frames();
    void answer(const std::byte* frame, std::size_t body_size);
    const std::string& answer_to_execute(const std::byte* body, std::size_t size);
    std::string_view statement_text(const std::byte* body, std::size_t size) const;
    void append(const std::string& frame, const std::byte* request);
    bool send_out();

    int socket_;
    Answers& answers_;
    std::vector<std::byte> in_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string out_;
    std::size_t sent_ = 0;
};

}
