// DataStax's cpp-driver through its documented fast path: prepared statements, callbacks, one session. `--undelayed`
// turns its coalescing delay of 200 us off, its one setting that matters here; everything else is its default.
#include "../meter/client.hpp"
#include "../wire.hpp"

#include <cassandra.h>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

template <auto Free> struct Deleter
{
    template <class T> void operator()(T* object) const { Free(object); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, Deleter<Free>>;
using Cluster = Owned<CassCluster, cass_cluster_free>;
using Session = Owned<CassSession, cass_session_free>;
using Future = Owned<CassFuture, cass_future_free>;
using Statement = Owned<CassStatement, cass_statement_free>;
using Result = Owned<const CassResult, cass_result_free>;
using Prepared = Owned<const CassPrepared, cass_prepared_free>;
using Iterator = Owned<CassIterator, cass_iterator_free>;

[[noreturn]] void fail(CassFuture* future)
{
    const char* message = nullptr;
    std::size_t size = 0;
    cass_future_error_message(future, &message, &size);
    throw std::runtime_error(std::string(message, size));
}

void check(CassError error)
{
    if (error != CASS_OK)
        throw std::runtime_error(cass_error_desc(error));
}

/// The driver keeps an id as two numbers in its own order of bytes: the first three fields turned, the rest as it is.
CassUuid cass_uuid(std::uint64_t high)
{
    return {((high & 0xFFFF) << 48) | ((high >> 16 & 0xFFFF) << 32) | (high >> 32), id_low};
}

std::uint64_t id_high(const CassUuid& id)
{
    const auto t = id.time_and_version;
    return ((t & 0xFFFF'FFFF) << 32) | ((t >> 32 & 0xFFFF) << 16) | t >> 48;
}

std::string_view text(const CassRow* row, std::size_t column)
{
    const char* at = nullptr;
    std::size_t size = 0;
    check(cass_value_get_string(cass_row_get_column(row, column), &at, &size));
    return {at, size};
}

void fold_row(const CassRow* row, Fold& fold)
{
    CassUuid id{};
    cass_int64_t age = 0;
    cass_double_t score = 0;
    check(cass_value_get_uuid(cass_row_get_column(row, 0), &id));
    check(cass_value_get_int64(cass_row_get_column(row, 3), &age));
    check(cass_value_get_double(cass_row_get_column(row, 4), &score));
    fold.add(id_high(id), text(row, 1), text(row, 2), age, score);
}

void fold_result(CassFuture* future, Fold& fold)
{
    const Result result(cass_future_get_result(future));
    const Iterator rows(cass_iterator_from_result(result.get()));
    while (cass_iterator_next(rows.get()) != cass_false)
        fold_row(cass_iterator_get_row(rows.get()), fold);
}

class CppDriver : public Client
{
public:
    CppDriver(std::uint16_t port, bool undelayed) : cluster_(cass_cluster_new()), session_(cass_session_new())
    {
        cass_cluster_set_contact_points(cluster_.get(), "127.0.0.1");
        cass_cluster_set_port(cluster_.get(), port);
        if (undelayed)
            check(cass_cluster_set_coalesce_delay(cluster_.get(), 0));
        const Future connected(cass_session_connect(session_.get(), cluster_.get()));
        if (cass_future_error_code(connected.get()) != CASS_OK)
            fail(connected.get());
        prepared_[0] = prepare(insert_text);
        prepared_[1] = prepare(select_text);
        prepared_[2] = prepare(page_text);
    }

    void run(Kind kind, Window& window) override
    {
        kind_ = kind;
        window_ = &window;
        running_ = window.lanes().size();
        std::vector<Call> calls;
        for (auto& lane : window.lanes())
            calls.push_back({this, &lane});
        for (auto& call : calls)
            send(call);
        std::unique_lock lock(mutex_);
        finished_.wait(lock, [this] { return running_ == 0; });
        if (!error_.empty())
            throw std::runtime_error(error_);
    }

private:
    struct Call
    {
        CppDriver* client;
        Lane* lane;
    };

    Prepared prepare(std::string_view cql)
    {
        const Future future(cass_session_prepare_n(session_.get(), cql.data(), cql.size()));
        if (cass_future_error_code(future.get()) != CASS_OK)
            fail(future.get());
        return Prepared(cass_future_get_prepared(future.get()));
    }

    Statement bind(std::uint64_t number) const
    {
        Statement statement(cass_prepared_bind(prepared_[static_cast<std::size_t>(kind_)].get()));
        auto* s = statement.get();
        if (kind_ == Kind::page)
            return statement;
        const auto u = user(number);
        check(cass_statement_bind_uuid(s, 0, cass_uuid(u.id_high)));
        if (kind_ == Kind::select)
            return statement;
        check(cass_statement_bind_string_n(s, 1, u.name.data(), u.name.size()));
        check(cass_statement_bind_string_n(s, 2, u.email.data(), u.email.size()));
        check(cass_statement_bind_int64(s, 3, u.age));
        check(cass_statement_bind_double(s, 4, u.score));
        return statement;
    }

    void send(Call& call)
    {
        window_->sending(*call.lane);
        const auto statement = bind(call.lane->number);
        const Future future(cass_session_execute(session_.get(), statement.get()));
        check(cass_future_set_callback(future.get(), &CppDriver::on_answer, &call));
    }

    static void on_answer(CassFuture* future, void* at)
    {
        auto& call = *static_cast<Call*>(at);
        call.client->answered(future, call);
    }

    void answered(CassFuture* future, Call& call)
    try {
        if (cass_future_error_code(future) != CASS_OK)
            fail(future);
        if (kind_ != Kind::insert)
            fold_result(future, call.lane->fold);
        if (window_->answered(*call.lane))
            send(call);
        else
            finish({});
    } catch (const std::exception& e) {
        finish(e.what());
    }

    void finish(const std::string& error)
    {
        const std::lock_guard lock(mutex_);
        if (!error.empty())
            error_ = error;
        if (--running_ == 0)
            finished_.notify_one();
    }

    Cluster cluster_;
    Session session_;
    Prepared prepared_[3];
    Kind kind_{};
    Window* window_ = nullptr;
    std::mutex mutex_;
    std::condition_variable finished_;
    std::size_t running_ = 0;
    std::string error_;
};

}
}

int main(int argc, char** argv)
{
    const bool undelayed = argc > 2 && std::strcmp(argv[2], "--undelayed") == 0;
    return bench::serve(argc, argv,
                        [&](std::uint16_t port) { return std::make_unique<bench::CppDriver>(port, undelayed); });
}
