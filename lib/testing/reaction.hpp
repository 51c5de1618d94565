#pragma once

#include <lib/testing/fake_connection.hpp>

namespace coodie::testing {

/// The steps of a rule, taken for one request. Lives as long as it waits.
class Reaction : public std::enable_shared_from_this<Reaction>
{
public:
    Reaction(FakeClusterState& cluster, std::shared_ptr<FakeConnection> connection,
             std::shared_ptr<const Incoming> incoming, std::shared_ptr<const Rule> rule);
    void run();

private:
    // False: the rest waits, or there is none.
    bool take(const step::Wait& wait);
    bool take(const step::Reply& reply);
    bool take(const step::ReplyMade& reply);
    bool take(const step::ReplyNormally&);
    bool take(const step::Forge& forged);
    bool take(const step::Drop&);
    bool take(const step::Close&);
    bool take(const step::Reset&);
    bool take(const step::Freeze&);
    bool take(const step::Run& called);
    void send(const Answer& answer);
    void send(std::vector<std::byte> frame);

    FakeClusterState& cluster_;
    std::shared_ptr<FakeConnection> connection_;
    std::shared_ptr<const Incoming> incoming_;
    std::shared_ptr<const Rule> rule_;
    asio::steady_timer timer_;
    std::size_t next_ = 0;
    bool decided_ = false; ///< a step said what the answer is, if only that there is none
};

}
