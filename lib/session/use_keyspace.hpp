#pragma once

#include "lib/connection/connection.hpp"
#include <functional>

namespace coodie::detail {

/// One USE on its way. Frees itself once it has told how it went.
class UseKeyspace : private Exchange
{
public:
    using Done = std::function<void(const Error&)>;
    static void start(Connection& connection, const std::string& keyspace, Done done);

private:
    UseKeyspace(const std::string& keyspace, Done done);
    Error on_answer(const Answer& answer);
    void finish(const Error& error);

    std::string keyspace_;
    Done done_;
};

}
