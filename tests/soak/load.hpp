#pragma once

#include "account.hpp"
#include "writes.hpp"

#include <coodie/async.hpp>
#include <coodie/session.hpp>
#include <random>
#include <thread>

namespace soak {

/// Threads that ask one session for all that can be asked, each with so many requests on their way.
class Load
{
public:
    static constexpr const char* slow = "SELECT slowly";
    static constexpr int prepared_texts = 40;

    /// `session` and `writes` outlive this.
    Load(coodie::Session& session, Writes& writes, std::uint64_t seed, int threads);
    ~Load();
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    void stop(); ///< begins nothing more
    const Account& account() const { return account_; }
    std::uint64_t wrong_answers() const { return wrong_answers_; }
    std::uint64_t wrong_views() const { return wrong_views_; } ///< of the cluster

private:
    static constexpr int most_in_flight = 64;
    struct Asker;

    void run(Asker& asker);
    void ask(Asker& asker);
    void read(Asker& asker);
    void read_blocking(Asker& asker);
    void read_impatiently(Asker& asker);
    void write(Asker& asker);
    void write_text(Asker& asker);
    void write_batch(Asker& asker);
    void prepare(Asker& asker);
    void look(Asker& asker);
    void cancel_soon(Asker& asker);

    template <class Done> auto handler(Asker& asker, Done done);
    void check(const coodie::Rows& rows, std::int64_t id);

    coodie::Session& session_;
    Writes& writes_;
    Account account_;
    std::atomic<bool> stopped_{false};
    std::atomic<std::uint64_t> wrong_answers_{0};
    std::atomic<std::uint64_t> wrong_views_{0};
    std::vector<std::unique_ptr<Asker>> askers_;
};

}
