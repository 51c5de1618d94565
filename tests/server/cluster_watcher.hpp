#pragma once

#include "lib/base/loop_state.hpp"
#include "lib/cluster/control_connection.hpp"
#include <algorithm>
#include <coodie/metadata.hpp>
#include <set>

/// A session's view of its control connection, without a session: writes down what it is told, and runs the loop on
/// the test's own thread.
class ClusterWatcher : public coodie::detail::ControlListener
{
public:
    using Options = coodie::detail::ClusterOptions;
    using HostIndex = coodie::HostIndex;

    /// Options for these contact points, impatient enough for tests.
    static Options options_for(const std::vector<std::string>& contact_points)
    {
        Options options;
        for (const auto& text : contact_points)
            options.contact_points.push_back(coodie::detail::ContactPoint::parse(text, 9042).value());
        options.connection.connect_timeout = std::chrono::milliseconds{2'000};
        options.query_timeout = std::chrono::milliseconds{1'000};
        options.shuffle_contact_points = false;
        options.reconnection = std::make_shared<coodie::ConstantReconnection>(std::chrono::milliseconds{50});
        return options;
    }

    explicit ClusterWatcher(const std::vector<std::string>& contact_points)
        : ClusterWatcher{options_for(contact_points)}
    {
    }
    explicit ClusterWatcher(Options options) : loop_{std::make_shared<coodie::detail::LoopState>(context_)}
    {
        options.log = std::make_shared<coodie::detail::Log>(
            [this](coodie::LogLevel, std::string_view line) { lines.emplace_back(line); }, coodie::LogLevel::debug);
        in_turn([&] {
            control_ = std::make_unique<coodie::detail::ControlConnection>(
                *loop_, std::make_shared<const Options>(std::move(options)), *this);
        });
    }
    ~ClusterWatcher()
    {
        close();
        in_turn([&] { control_.reset(); });
        context_.restart();
        context_.poll();
    }

    void start()
    {
        in_turn([&] {
            control_->start([this](const coodie::Error& error) {
                error_ = error;
                ++starts;
            });
        });
    }
    /// Starts and waits for the end of it.
    coodie::Error connect()
    {
        start();
        (void)await([&] { return starts != 0; });
        return error_;
    }
    void close()
    {
        in_turn([&] { control_->close({coodie::errc::closed, "the session was closed"}); });
    }
    coodie::detail::ControlConnection& control() { return *control_; }
    coodie::detail::LoopState& loop() { return *loop_; }
    template <class Call> void in_turn(Call&& call)
    {
        const coodie::detail::Turn turn{*loop_};
        call();
    }
    /// Runs the loop until it is so, or the time is over: false.
    template <class Condition>
    [[nodiscard]] bool await(const Condition& condition,
                             std::chrono::milliseconds timeout = std::chrono::milliseconds{10'000})
    {
        const auto end = std::chrono::steady_clock::now() + timeout;
        while (!condition()) {
            if (std::chrono::steady_clock::now() >= end)
                return false;
            context_.restart();
            context_.run_one_for(std::chrono::milliseconds{5});
        }
        return true;
    }
    void run_for(std::chrono::milliseconds time)
    {
        (void)await([] { return false; }, time);
    }
    void run_handlers(int count)
    {
        context_.restart();
        for (int n = 0; n < count; ++n)
            context_.run_one_for(std::chrono::milliseconds{20});
    }

    std::shared_ptr<const coodie::detail::ClusterSnapshot> snapshot() const { return snapshots.back(); }
    const coodie::SchemaMetadata& schema() const { return *snapshot()->schema; }
    std::size_t hosts() const
    {
        const auto& all = snapshot()->hosts;
        return all.size() - static_cast<std::size_t>(std::ranges::count(all, nullptr));
    }
    bool has_news(std::string_view item) const { return std::ranges::find(news, item) != news.end(); }
    bool has_line(std::string_view part) const { return count_lines(part) != 0; }
    std::size_t count_lines(std::string_view part) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            lines, [&](const std::string& line) { return line.find(part) != std::string::npos; }));
    }

    std::vector<std::shared_ptr<const coodie::detail::ClusterSnapshot>> snapshots;
    std::vector<std::string> news; ///< "added 0", "may be up 1" ...
    std::vector<coodie::detail::HostState> added;
    std::vector<std::string> lines;
    int starts = 0;
    bool pools_look = true; ///< what events about hosts are answered
    std::set<HostIndex> ignored;
    std::function<void()> on_news = [] {};

private:
    void add(const std::string& what, HostIndex host)
    {
        news.push_back(what + " " + std::to_string(static_cast<unsigned>(host)));
        on_news();
    }
    void published(const std::shared_ptr<const coodie::detail::ClusterSnapshot>& snapshot) noexcept override
    {
        snapshots.push_back(snapshot);
        on_news();
    }
    void host_added(const coodie::detail::HostState& host) noexcept override
    {
        added.push_back(host);
        add("added", host.index());
    }
    void host_removed(HostIndex host) noexcept override { add("removed", host); }
    void host_moved(const coodie::detail::HostState& host) noexcept override { add("moved", host.index()); }
    bool host_may_be_up(HostIndex host) noexcept override
    {
        add("may be up", host);
        return pools_look;
    }
    bool host_may_be_down(HostIndex host) noexcept override
    {
        add("may be down", host);
        return pools_look;
    }
    bool host_is_used(HostIndex host) noexcept override { return !ignored.contains(host); }

    asio::io_context context_;
    std::shared_ptr<coodie::detail::LoopState> loop_;
    std::unique_ptr<coodie::detail::ControlConnection> control_;
    coodie::Error error_;
};
