#include <lib/testing/cluster_state.hpp>
#include <lib/testing/reaction.hpp>

namespace coodie::testing {

Reaction::Reaction(FakeClusterState& cluster, std::shared_ptr<FakeConnection> connection,
                   std::shared_ptr<const Incoming> incoming, std::shared_ptr<const Rule> rule)
    : cluster_{cluster}, connection_{std::move(connection)}, incoming_{std::move(incoming)}, rule_{std::move(rule)},
      timer_{cluster.context}
{
}

void Reaction::run()
{
    while (connection_->is_open() && next_ != rule_->steps.size()) {
        const auto& step = rule_->steps[next_++];
        if (!std::visit([this](const auto& taken) { return take(taken); }, step))
            return;
    }
    if (connection_->is_open() && !decided_)
        take(step::ReplyNormally{});
}

bool Reaction::take(const step::Wait& wait)
{
    std::uniform_int_distribution<std::int64_t> between{wait.least.count(), wait.most.count()};
    timer_.expires_after(std::chrono::microseconds{between(cluster_.rules.random())});
    timer_.async_wait([self = shared_from_this()](asio::error_code error) {
        if (!error)
            self->run();
    });
    return false;
}

bool Reaction::take(const step::Reply& reply)
{
    send(reply.answer);
    return true;
}

bool Reaction::take(const step::ReplyMade& reply)
{
    send(reply.make(incoming_->seen));
    return true;
}

bool Reaction::take(const step::ReplyNormally&)
{
    send(cluster_.responder.respond(connection_->dialogue(), *incoming_));
    return true;
}

bool Reaction::take(const step::Forge& forged)
{
    send(forged.bytes);
    return true;
}

bool Reaction::take(const step::Drop&)
{
    decided_ = true;
    return true;
}

bool Reaction::take(const step::Close&)
{
    decided_ = true;
    connection_->close_when_sent();
    return false;
}

bool Reaction::take(const step::Reset&)
{
    connection_->reset();
    return false;
}

bool Reaction::take(const step::Freeze&)
{
    decided_ = true;
    connection_->freeze();
    return true;
}

bool Reaction::take(const step::Run& called)
{
    called.function(incoming_->seen);
    return true;
}

void Reaction::send(const Answer& answer)
{
    auto& dialogue = connection_->dialogue();
    const auto frame = frame_of(answer, incoming_->wishes(dialogue));
    cluster_.said(*connection_, *incoming_, answer);
    send(frame);
}

void Reaction::send(std::vector<std::byte> frame)
{
    decided_ = true;
    for (std::size_t copy = 0; copy != rule_->delivery.copies; ++copy) {
        auto pieces = pieces_of(frame, rule_->delivery);
        if (rule_->delivery.held)
            cluster_.held.push_back({connection_, std::move(pieces)});
        else
            connection_->send(std::move(pieces));
    }
}

}
