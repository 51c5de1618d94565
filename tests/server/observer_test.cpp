#include "cluster_session.hpp"

#include <asio/io_context.hpp>
#include <coodie/async.hpp>
#include <coodie/metrics.hpp>
#include <coodie/observer.hpp>
#include <doctest/doctest.h>
#include <mutex>

// What an observer is told of requests and their attempts.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

std::string sentence(const Error& error)
{
    return error ? " " + make_error_code(error.code()).message() : " fine";
}

/// Closes the session when it hears of an attempt.
class Closer final : public RequestObserver
{
public:
    Session session;

    explicit Closer(bool at_start) : at_start_{at_start} {}
    std::unique_ptr<RequestSpan> started(const ObservedRequest& /*request*/) override
    {
        return std::make_unique<Span>(*this);
    }

private:
    struct Span final : RequestSpan
    {
        explicit Span(Closer& c) : closer{c} {}
        void attempt_started(const ObservedAttempt& /*attempt*/) override { close(true); }
        void attempt_ended(const ObservedAttempt& /*attempt*/, const Error& /*error*/) override { close(false); }
        void close(bool at_start)
        {
            if (at_start == closer.at_start_)
                std::exchange(closer.session, Session{}).async_close([](const std::exception_ptr&) {});
        }
        Closer& closer;
    };
    const bool at_start_;
};

/// Writes down what it is told, and on which thread a request began.
class Diary final : public RequestObserver
{
public:
    std::unique_ptr<RequestSpan> started(const ObservedRequest& request) override
    {
        {
            const std::lock_guard lock{mutex_};
            starters_.push_back(std::this_thread::get_id());
        }
        if (request.statement.find("unwanted") != std::string_view::npos)
            return nullptr;
        write("start " + std::string{request.operation});
        return std::make_unique<Span>(*this);
    }
    std::vector<std::string> lines() const
    {
        const std::lock_guard lock{mutex_};
        return lines_;
    }
    std::vector<std::thread::id> starters() const
    {
        const std::lock_guard lock{mutex_};
        return starters_;
    }
    std::map<std::string, std::string> attributes() const
    {
        const std::lock_guard lock{mutex_};
        return attributes_;
    }

private:
    struct Span final : RequestSpan
    {
        explicit Span(Diary& d) : diary{d} {}
        ~Span() override { diary.write("gone"); }
        void attempt_started(const ObservedAttempt& attempt) override
        {
            diary.write("try " + std::to_string(attempt.number));
        }
        void attempt_ended(const ObservedAttempt& attempt, const Error& error) override
        {
            diary.write("tried " + std::to_string(attempt.number) + sentence(error));
        }
        void ended(const ObservedRequest& request, const Error& error) override
        {
            diary.keep(otel_attributes(request, error));
            diary.write("end" + sentence(error));
        }
        Diary& diary;
    };
    void write(std::string line)
    {
        const std::lock_guard lock{mutex_};
        lines_.push_back(std::move(line));
    }
    void keep(const std::vector<OtelAttribute>& attributes)
    {
        const std::lock_guard lock{mutex_};
        attributes_.clear();
        for (const auto& [name, value] : attributes)
            attributes_[std::string{name}] = std::visit(
                [](const auto& v) -> std::string {
                    if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string>)
                        return v;
                    else
                        return std::to_string(v);
                },
                value);
    }

    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
    std::vector<std::thread::id> starters_;
    std::map<std::string, std::string> attributes_;
};

using Spans = std::vector<std::string>;

struct Watched
{
    FakeCluster cluster;
    std::shared_ptr<Diary> diary = std::make_shared<Diary>();
    Session session;

    explicit Watched(int nodes = 1) : cluster{{.nodes = nodes}}
    {
        auto options = options_for(cluster);
        options.observer = diary;
        session = Session::connect(options);
        CHECK(becomes_true([&] { return session.metrics().connections_open == static_cast<std::uint64_t>(nodes); }));
    }
    /// Once the last span is gone, which may be after its caller heard of the end.
    Spans lines() const
    {
        CHECK(becomes_true([&] { return !diary->lines().empty() && diary->lines().back() == "gone"; }));
        return diary->lines();
    }
};

}

TEST_CASE("an observer hears of a request and its attempt, beginning on the thread that asks")
{
    Watched setup;
    setup.session.execute("SELECT fine");
    CHECK(setup.lines() == Spans{"start SELECT", "try 0", "tried 0 fine", "end fine", "gone"});
    CHECK(setup.diary->starters() == std::vector{std::this_thread::get_id()});
}

TEST_CASE("each attempt of a request is one of its own, and ends with its own error")
{
    Watched setup{2};
    setup.cluster.on(Opcode::query).times(1).reply(error(errc::server_overloaded, "busy"));
    setup.session.execute(idempotent("UPDATE"));
    CHECK(setup.lines() ==
          Spans{"start UPDATE", "try 0", "tried 0 server overloaded", "try 1", "tried 1 fine", "end fine", "gone"});
}

TEST_CASE("a speculative execution is an attempt beside the first, which ends when the other was faster")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = options_for(cluster);
    const auto diary = std::make_shared<Diary>();
    options.observer = diary;
    options.speculative_execution_policy = std::make_shared<ConstantSpeculativeExecution>(10ms, 2);
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return session.metrics().connections_open == 2; }));
    cluster.on(Opcode::query).containing("slow").times(1).held();
    session.execute(idempotent("SELECT slow"));
    CHECK(becomes_true([&] { return diary->lines().size() == 7; }));
    CHECK(diary->lines() ==
          Spans{"start SELECT", "try 0", "try 1", "tried 1 fine", "tried 0 cancelled", "end fine", "gone"});
    CHECK(diary->attributes().at("cassandra.speculative_execution.count") == "1");
}

TEST_CASE("an attempt on a host that has forgotten the statement is followed by another one there")
{
    Watched setup;
    setup.session.execute(Statement{"INSERT INTO t (id) VALUES (1)"}.kind(StatementKind::prepared));
    const auto before = setup.lines().size();
    setup.cluster.forget_prepared(0);
    setup.session.execute(Statement{"INSERT INTO t (id) VALUES (1)"}.kind(StatementKind::prepared));
    REQUIRE(becomes_true([&] { return setup.diary->lines().size() == before + 7; }));
    const auto lines = setup.lines();
    CHECK(Spans{lines.begin() + static_cast<std::ptrdiff_t>(before), lines.end()} ==
          Spans{"start INSERT", "try 0", "tried 0 statement unknown to the server", "try 1", "tried 1 fine", "end fine",
                "gone"});
}

TEST_CASE("requests that time out, are refused or cancelled end with what the caller gets")
{
    SUBCASE("no answer in time")
    {
        Watched setup;
        setup.cluster.on(Opcode::query).drop();
        Statement slow{"SELECT slow"};
        slow.options().timeout = 20ms;
        CHECK(code_of([&] { setup.session.execute(slow); }) == errc::request_timeout);
        CHECK(setup.lines() ==
              Spans{"start SELECT", "try 0", "tried 0 request timeout", "end request timeout", "gone"});
    }
    SUBCASE("closed")
    {
        Watched setup;
        setup.session.close();
        CHECK(code_of([&] { setup.session.execute("  -- a comment\n delete from t"); }) == errc::closed);
        CHECK(setup.lines() == Spans{"start DELETE", "end session closed", "gone"});
    }
}

TEST_CASE("an observer that does not want a request hears no more of it")
{
    Watched setup;
    setup.session.execute("SELECT unwanted");
    CHECK(setup.diary->starters().size() == 1);
    CHECK(setup.diary->lines().empty());
}

TEST_CASE("a request has OpenTelemetry's attributes, and never a bound value")
{
    Watched setup;
    setup.cluster.prime(primed("INSERT INTO shop.users (id, name) VALUES (?, ?)")
                            .binding({column("id", "int", "shop", "users"), column("name", "text", "shop", "users")}));
    auto statement =
        setup.session.prepare("INSERT INTO shop.users (id, name) VALUES (?, ?)").bind(1, std::string{"Canary"});
    statement.options().consistency = Consistency::local_quorum;
    statement.options().page_size = 100;
    statement.options().idempotent = true;
    setup.session.execute(statement);
    (void)setup.lines();
    REQUIRE(becomes_true([&] { return setup.diary->attributes()["db.operation.name"] == "INSERT"; }));
    const auto address = setup.cluster.address(0);
    CHECK(setup.diary->attributes() ==
          std::map<std::string, std::string>{{"db.system.name", "cassandra"},
                                             {"db.operation.name", "INSERT"},
                                             {"db.namespace", "shop"},
                                             {"db.collection.name", "users"},
                                             {"db.query.text", "INSERT INTO shop.users (id, name) VALUES (?, ?)"},
                                             {"cassandra.consistency.level", "local_quorum"},
                                             {"cassandra.page.size", "100"},
                                             {"cassandra.query.idempotent", "1"},
                                             {"cassandra.speculative_execution.count", "0"},
                                             {"cassandra.coordinator.dc", "datacenter1"},
                                             {"cassandra.coordinator.id", setup.cluster.host_id(0).to_string()},
                                             {"server.address", address.substr(0, address.find(':'))},
                                             {"server.port", address.substr(address.find(':') + 1)}});
}

TEST_CASE("a statement with literals has no text among the attributes, and an error has its type")
{
    Watched setup;
    setup.cluster.on(Opcode::query).reply(error(errc::syntax_error, "wrong"));
    CHECK(code_of([&] { setup.session.execute("SELECT secret FROM t WHERE password = 'Canary'"); }) ==
          errc::syntax_error);
    (void)setup.lines();
    const auto attributes = setup.diary->attributes();
    CHECK(!attributes.contains("db.query.text"));
    CHECK(attributes.at("error.type") == "syntax_error");
    CHECK(attributes.at("db.response.status_code") == "8192");
    CHECK(attributes.at("cassandra.consistency.level") == "local_one");
    for (const auto& [name, value] : attributes)
        CHECK(value.find("Canary") == std::string::npos);
}

TEST_CASE("batches and prepares are observed, too")
{
    Watched setup;
    setup.session.execute(Batch{.statements = {Statement{"INSERT a"}, Statement{"INSERT b"}}});
    CHECK(setup.lines() == Spans{"start BATCH", "try 0", "tried 0 fine", "end fine", "gone"});
    CHECK(setup.diary->attributes().at("db.operation.batch.size") == "2");
    setup.session.prepare("INSERT c");
    REQUIRE(becomes_true([&] { return setup.diary->lines().size() == 8; }));
    CHECK(setup.lines()[5] == "start PREPARE");
    CHECK(setup.lines()[6] == "end fine");
}

TEST_CASE("what an observer throws is told to whoever runs the loop, and changes nothing")
{
    struct Clumsy final : RequestObserver
    {
        struct Span final : RequestSpan
        {
            void attempt_started(const ObservedAttempt&) override { throw std::runtime_error{"attempt"}; }
            void attempt_ended(const ObservedAttempt&, const Error&) override { throw std::runtime_error{"attempted"}; }
            void ended(const ObservedRequest&, const Error&) override { throw std::runtime_error{"ended"}; }
        };
        std::unique_ptr<RequestSpan> started(const ObservedRequest& request) override
        {
            if (request.statement == "SELECT early")
                throw std::runtime_error{"started"};
            return std::make_unique<Span>();
        }
    };
    FakeCluster cluster;
    asio::io_context context;
    auto options = options_for(cluster);
    options.loops = {loop_of(context)};
    options.observer = std::make_shared<Clumsy>();
    auto session = Session::connect(options);
    int done = 0;
    const auto count = [&](const std::exception_ptr& failed, const Rows&) { done += failed ? 0 : 1; };
    session.async_execute("SELECT late", count);
    session.async_execute("SELECT early", count);
    Spans thrown;
    while (done != 2 || thrown.size() != 4) {
        std::size_t ran = 1;
        try {
            ran = context.run_one_for(10s);
        } catch (const std::runtime_error& error) {
            thrown.emplace_back(error.what());
        }
        REQUIRE(ran == 1);
    }
    std::ranges::sort(thrown);
    CHECK(thrown == Spans{"attempt", "attempted", "ended", "started"});
}

TEST_CASE("an observer may close the session when it hears of an attempt")
{
    for (const bool at_start : {true, false}) {
        CAPTURE(at_start);
        FakeCluster cluster{{.nodes = 2}};
        const auto closer = std::make_shared<Closer>(at_start);
        auto options = options_for(cluster);
        options.observer = closer;
        options.attempt_timeout = 200ms;
        options.speculative_execution_policy = std::make_shared<ConstantSpeculativeExecution>(10ms, 2);
        auto session = Session::connect(options);
        REQUIRE(becomes_true([&] { return session.metrics().connections_open == 2; }));
        closer->session = session;
        cluster.on(Opcode::query).times(1).reply(error(errc::server_overloaded, "busy"));
        cluster.on(Opcode::query).drop();
        CHECK(code_of([&] { session.execute(idempotent("SELECT")); }) == errc::closed);
    }
}

TEST_CASE("a prepared statement without markers is not shown, as its literals may be values")
{
    Watched setup;
    setup.session.execute(Statement{"SELECT * FROM users WHERE ssn = '078'"}.kind(StatementKind::prepared));
    CHECK(setup.lines().size() >= 5);
    CHECK_FALSE(setup.diary->attributes().contains("db.query.text"));
}
