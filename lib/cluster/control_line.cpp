#include "lib/cluster/control_line.hpp"

#include <protocol/query.hpp>
#include <protocol/register.hpp>
#include <protocol/response.hpp>

namespace coodie::detail {

namespace {

Rows rows_of(protocol::RowsResult&& result, const Answer& answer)
{
    auto extras = std::make_unique<ResponseExtras>();
    const auto state = result.metadata.paging_state;
    if (result.metadata.has_more_pages())
        extras->paging_state.assign(state.begin(), state.end());
    auto bytes = result.rows != 0 ? answer.share() : SharedBytes{};
    return {std::move(bytes), std::move(result.metadata.columns), result.content, result.rows, std::move(extras)};
}

}

std::shared_ptr<ControlLine> ControlLine::over(LoopState& loop, std::shared_ptr<const ClusterOptions> options,
                                               const std::shared_ptr<Connection>& connection, Target target,
                                               LineOwner& owner)
{
    auto line = std::make_shared<ControlLine>(loop, std::move(options), std::move(target), owner);
    line->connection_ = connection;
    connection->core().on_event(&line->events_);
    connection->hand_to(line);
    return line;
}

ControlLine::ControlLine(LoopState& loop, std::shared_ptr<const ClusterOptions> options, Target target,
                         LineOwner& owner)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, options_{std::move(options)}, target_{std::move(target)},
      owner_{&owner}
{
    events_.line = this;
    events_.answered = [](Exchange& events, const Answer& answer) {
        static_cast<Events&>(events).line->on_event(answer);
        return Error{};
    };
    events_.lost = [](Exchange&, const Error&) noexcept {};
}

ControlLine::~ControlLine()
{
    forget_all();
}

void ControlLine::register_for_events(Answered done)
{
    send(add(std::move(done)), protocol::Register{});
}

void ControlLine::ask(Statement statement, std::int32_t page_size, Answered done)
{
    auto& question = add(std::move(done));
    question.cursor = PageCursor{std::move(statement)};
    question.page_size = page_size;
    ask_page(question);
}

void ControlLine::close(const Error& error) noexcept
{
    owner_ = nullptr;
    const auto self = shared_from_this();
    if (const auto connection = connection_.lock())
        connection->close({error.code(), target_.label + ": " + error.message()});
    forget_all();
}

void ControlLine::lost(const Error& error) noexcept
{
    const auto self = shared_from_this();
    forget_all();
    if (auto* owner = std::exchange(owner_, nullptr))
        owner->line_lost(error);
}

void ControlLine::forget_all() noexcept
{
    auto forgotten = std::exchange(questions_, {}); // what they hold may lead back here
    const auto connection = connection_.lock();
    for (auto& question : forgotten) {
        if (question.is_linked())
            loop_.unlink(question);
        if (connection && question.stream >= 0)
            connection->core().abandon(question);
    }
}

ControlLine::Question& ControlLine::add(Answered done)
{
    auto& question = questions_.emplace_back();
    question.line = this;
    question.place = std::prev(questions_.end());
    question.end = loop_.after(options_->answer_timeout);
    question.done = std::move(done);
    question.answered = [](Exchange& exchange, const Answer& answer) {
        auto& asked = static_cast<Question&>(exchange);
        return asked.line->on_answer(asked, answer);
    };
    question.lost = [](Exchange&, const Error&) noexcept {}; // the whole line is: see `lost`
    question.expire = [](Deadline& deadline) noexcept {
        auto& asked = static_cast<Question&>(deadline);
        asked.line->time_out(asked);
    };
    return question;
}

/// On a connection that is lost nothing is sent: who asks will hear of that soon. So it is when no stream is free.
template <class Message> void ControlLine::send(Question& question, const Message& message)
{
    const auto connection = connection_.lock();
    if (!connection || !connection->is_ready())
        return;
    auto& core = connection->core();
    if (!core.has_free_stream())
        return loop_.link(question, loop_.now());
    protocol::Writer out{core.begin(question, Message::code, 0, message.encoded_size())};
    message.encode(out);
    core.finish();
    connection->submitted();
    loop_.link(question, std::min(question.end, loop_.after(options_->query_timeout)));
}

void ControlLine::ask_page(Question& question)
{
    const auto& statement = question.cursor.statement();
    protocol::Query query{statement.text(), {.consistency = Consistency::one}};
    if (statement.values().count() != 0)
        query.parameters.values = statement.values();
    if (question.page_size > 0)
        query.parameters.page_size = question.page_size;
    if (const auto* extras = statement.extras(); extras && !extras->paging_state.empty())
        query.parameters.paging_state = extras->paging_state;
    send(question, query);
}

Error ControlLine::on_answer(Question& question, const Answer& answer)
{
    const auto self = shared_from_this();
    if (question.is_linked())
        loop_.unlink(question);
    auto response = protocol::decode_response(answer.header, answer.body);
    if (!response)
        return response.error();
    if (const auto* error = std::get_if<protocol::ErrorResponse>(&response->message)) {
        finish(question, error->as_error());
        return {};
    }
    auto* result = std::get_if<protocol::ResultResponse>(&response->message);
    if (auto* rows = result ? std::get_if<protocol::RowsResult>(&result->body) : nullptr)
        return on_rows(question, std::move(*rows), answer);
    finish(question, {});
    return {};
}

Error ControlLine::on_rows(Question& question, protocol::RowsResult&& result, const Answer& answer)
{
    if (!result.metadata.columns)
        return {errc::protocol, "the server sent rows of a system table without saying which columns they have"};
    auto page = rows_of(std::move(result), answer).detached();
    if (const auto error = take(question, page, answer.body.size())) {
        finish(question, error);
        return {};
    }
    question.pages.push_back(std::move(page));
    if (question.cursor.has_more())
        ask_page(question);
    else
        finish(question, {});
    return {};
}

/// Pages without end are no reason to give the node up: its other tables may do.
Error ControlLine::take(Question& question, const Rows& page, std::size_t size) const
{
    const auto most = options_->connection.limits.max_body;
    question.bytes += size;
    if (question.bytes > most)
        return {errc::protocol, target_.label + ": the rows of a system table are more than the " +
                                    std::to_string(most) + " bytes of max_frame"};
    return question.cursor.turn(page);
}

/// An event that nobody can read is none; the frames around it are whole.
void ControlLine::on_event(const Answer& answer)
{
    const auto self = shared_from_this();
    const auto response = protocol::decode_response(answer.header, answer.body);
    if (const auto* event = response ? std::get_if<protocol::Event>(&response->message) : nullptr; event && owner_)
        owner_->heard(*event);
}

void ControlLine::finish(Question& question, const Error& error)
{
    const auto done = std::move(question.done);
    auto pages = std::move(question.pages);
    questions_.erase(question.place);
    done(error, std::move(pages));
}

void ControlLine::time_out(Question& question)
{
    const auto self = shared_from_this();
    const auto connection = connection_.lock();
    const Error error{errc::request_timeout, target_.label + ": " + why_unanswered(question)};
    if (connection && question.stream >= 0)
        connection->core().abandon(question);
    finish(question, error);
    if (connection)
        connection->check_orphans();
}

std::string ControlLine::why_unanswered(const Question& question) const
{
    if (question.stream < 0)
        return "too many questions about the cluster are unanswered";
    if (loop_.now() >= question.end)
        return "no end of an answer about the cluster within " + std::to_string(options_->answer_timeout.count()) +
               " ms";
    return "no answer to a question about the cluster within " + std::to_string(options_->query_timeout.count()) +
           " ms";
}

}
