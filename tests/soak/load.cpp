#include "load.hpp"

#include "reads.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <coodie/metrics.hpp>

namespace soak {

using namespace coodie;
using namespace std::chrono_literals;

struct Load::Asker
{
    std::mt19937_64 random;
    std::atomic<int> in_flight{0};
    asio::io_context context{1};
    std::thread thread;

    std::int64_t below(std::int64_t end) { return std::uniform_int_distribution<std::int64_t>{0, end - 1}(random); }
};

Load::Load(Session& session, Writes& writes, std::uint64_t seed, int threads) : session_{session}, writes_{writes}
{
    for (int n = 0; n != threads; ++n) {
        auto& asker = *askers_.emplace_back(std::make_unique<Asker>());
        asker.random.seed(seed + static_cast<std::uint64_t>(n));
        asker.thread = std::thread{[this, &asker] { run(asker); }};
    }
}

Load::~Load()
{
    stop();
}

void Load::stop()
{
    stopped_ = true;
    for (const auto& asker : askers_)
        if (asker->thread.joinable())
            asker->thread.join();
}

void Load::run(Asker& asker)
{
    while (!stopped_) {
        while (asker.in_flight >= most_in_flight && !stopped_)
            std::this_thread::sleep_for(200us);
        ask(asker);
    }
}

void Load::ask(Asker& asker)
{
    struct Kind
    {
        int share; ///< of 100
        void (Load::*ask)(Asker&);
    };
    constexpr Kind kinds[] = {
        {43, &Load::read},       {2, &Load::look},       {5, &Load::read_blocking}, {5, &Load::read_impatiently},
        {20, &Load::write},      {5, &Load::write_text}, {10, &Load::write_batch},  {5, &Load::prepare},
        {5, &Load::cancel_soon},
    };
    auto left = asker.below(100);
    for (const auto& kind : kinds)
        if ((left -= kind.share) < 0)
            return (this->*kind.ask)(asker);
}

/// For any operation: books its end, then does what is left to do with its result.
template <class Done> auto Load::handler(Asker& asker, Done done)
{
    ++asker.in_flight;
    return [&asker, entry = Account::Entry{account_}, done = std::move(done)](const std::exception_ptr& error,
                                                                              const auto& result) mutable {
        if (!error)
            done(result);
        entry.end(error);
        --asker.in_flight;
    };
}

void Load::check(const Rows& rows, std::int64_t id)
{
    if (rows.size() != 1 || rows.front()[0].as<std::int64_t>() != id)
        ++wrong_answers_;
}

namespace {

Statement read_of(std::int64_t id)
{
    Statement statement{Reads::text, id};
    statement.options().idempotent = true;
    return statement;
}

constexpr auto ignored = [](const auto&) {};

}

void Load::read(Asker& asker)
{
    const auto id = asker.below(1'000'000);
    session_.async_execute(read_of(id), handler(asker, [this, id](const Rows& rows) { check(rows, id); }));
}

void Load::read_blocking(Asker& asker)
{
    const auto id = asker.below(1'000'000);
    Account::Entry entry{account_};
    try {
        check(session_.execute(read_of(id)), id);
        entry.end({});
    } catch (...) {
        entry.end(std::current_exception());
    }
}

void Load::read_impatiently(Asker& asker)
{
    Statement statement{slow};
    statement.options().timeout = std::chrono::milliseconds{1 + asker.below(40)};
    statement.options().idempotent = asker.below(2) == 0;
    session_.async_execute(std::move(statement), handler(asker, ignored));
}

void Load::write(Asker& asker)
{
    if (const auto number = writes_.next())
        session_.async_execute(Statement{Writes::text, *number},
                               handler(asker, [this, number](const Rows&) { writes_.acknowledged(*number); }));
}

void Load::write_text(Asker& asker)
{
    if (const auto number = writes_.next())
        session_.async_execute(Statement{Writes::as_text + std::to_string(*number)},
                               handler(asker, [this, number](const Rows&) { writes_.acknowledged(*number); }));
}

void Load::write_batch(Asker& asker)
{
    const auto first = writes_.next(), second = writes_.next();
    if (!first || !second)
        return;
    Batch batch;
    batch.statements.emplace_back(Writes::text, *first);
    batch.statements.emplace_back(Writes::text, *second);
    session_.async_execute(batch, handler(asker, [this, first, second](const Rows&) {
                               writes_.acknowledged(*first);
                               writes_.acknowledged(*second);
                           }));
}

void Load::prepare(Asker& asker)
{
    session_.async_prepare("SELECT prepared " + std::to_string(asker.below(prepared_texts)), handler(asker, ignored));
}

/// No host is asked. Three are always there, and requests never end before they start.
void Load::look(Asker&)
{
    const auto metrics = session_.metrics();
    if (session_.hosts().size() < 3 || session_.metrics().requests_started < metrics.requests_completed)
        ++wrong_views_;
}

/// Before it is sent, on its way, or too late. The handler runs on the asker's own thread: signals know no others.
void Load::cancel_soon(Asker& asker)
{
    asio::cancellation_signal signal;
    bool ended = false;
    auto booked = handler(asker, ignored);
    session_.async_execute(asker.below(2) == 0 ? read_of(1) : Statement{slow},
                           asio::bind_cancellation_slot(
                               signal.slot(), asio::bind_executor(asker.context.get_executor(),
                                                                  [&](std::exception_ptr error, const Rows& rows) {
                                                                      booked(error, rows);
                                                                      ended = true;
                                                                  })));
    asker.context.restart();
    for (auto pauses = asker.below(20); pauses > 0 && !ended; --pauses) {
        asker.context.poll();
        std::this_thread::yield();
    }
    signal.emit(asio::cancellation_type::terminal);
    asker.context.run();
}

}
