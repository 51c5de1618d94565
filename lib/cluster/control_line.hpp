#pragma once

#include "lib/base/page_cursor.hpp"
#include "lib/cluster/cluster_options.hpp"
#include "lib/cluster/host_state.hpp"
#include <functional>
#include <list>
#include <protocol/event.hpp>
#include <protocol/rows_result.hpp>

namespace coodie::detail {

/// Who a control line tells what comes.
class LineOwner
{
public:
    virtual void heard(const protocol::Event& event) = 0;
    /// Nothing that was asked will be answered.
    virtual void line_lost(const Error& error) = 0;

protected:
    ~LineOwner() = default;
};

/// An open connection to one node, on which the control plane asks and hears events.
/// Lifetime: the connection keeps it alive.
class ControlLine final : public ConnectionOwner, public std::enable_shared_from_this<ControlLine>
{
public:
    /// Errors: the server's; ProtocolError where the pages have no end; or errc::request_timeout, also when too much is
    /// unanswered already. When the line is lost or closed instead, it is not called.
    using Answered = std::function<void(const Error&, std::vector<Rows> pages)>;

    static std::shared_ptr<ControlLine> over(LoopState& loop, std::shared_ptr<const ClusterOptions> options,
                                             const std::shared_ptr<Connection>& connection, Target target,
                                             LineOwner& owner);
    ControlLine(LoopState& loop, std::shared_ptr<const ClusterOptions> options, Target target, LineOwner& owner);
    ~ControlLine() override;
    ControlLine(const ControlLine&) = delete;
    ControlLine& operator=(const ControlLine&) = delete;

    const Target& target() const noexcept { return target_; }
    void register_for_events(Answered done);
    /// All pages, within the timeouts of a page and of all. `page_size` 0: as one page.
    void ask(Statement statement, std::int32_t page_size, Answered done);
    /// Calls nobody any more.
    void close(const Error& error) noexcept;

    void opened(const Error&) noexcept override {}
    void lost(const Error& error) noexcept override;

private:
    struct Question : Exchange, Deadline
    {
        ControlLine* line = nullptr;
        std::list<Question>::iterator place = {};
        PageCursor cursor{Statement{}};
        std::int32_t page_size = 0;
        Clock::time_point end = {};
        std::size_t bytes = 0; ///< of the pages
        std::vector<Rows> pages = {};
        Answered done = {};
    };
    struct Events : Exchange
    {
        ControlLine* line = nullptr;
    };

    Question& add(Answered done);
    template <class Message> void send(Question& question, const Message& message);
    void ask_page(Question& question);
    Error on_answer(Question& question, const Answer& answer);
    Error on_rows(Question& question, protocol::RowsResult&& result, const Answer& answer);
    Error take(Question& question, const Rows& page, std::size_t size) const;
    void on_event(const Answer& answer);
    void finish(Question& question, const Error& error);
    void time_out(Question& question);
    std::string why_unanswered(const Question& question) const;
    void forget_all() noexcept;

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const std::shared_ptr<const ClusterOptions> options_;
    const Target target_;
    LineOwner* owner_; ///< null: closed
    std::weak_ptr<Connection> connection_;
    std::list<Question> questions_;
    Events events_;
};

}
