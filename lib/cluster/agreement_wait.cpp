#include "lib/cluster/agreement_wait.hpp"

#include <algorithm>

namespace coodie::detail {

AgreementWait::AgreementWait(LoopState& loop, const ClusterOptions& options, Lines lines, IsDown is_down,
                             AskNode ask_node)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, options_{options}, lines_{std::move(lines)},
      is_down_{std::move(is_down)}, ask_node_{std::move(ask_node)}
{
    alarm_.wait = this;
    alarm_.expire = [](Deadline& alarm) noexcept {
        auto& wait = *static_cast<Alarm&>(alarm).wait;
        const auto self = wait.shared_from_this();
        wait.end_late();
    };
}

AgreementWait::~AgreementWait()
{
    disarm();
}

void AgreementWait::add(const AgreementBounds& bounds, Done done)
{
    const auto most = bounded(bounds.most);
    const auto end = loop_.after(most.count() == 0 ? options_.query_timeout : most);
    newcomers_.push_back(
        {{{.interval = options_.schema_agreement_interval, .max_wait = most, .coordinator = bounds.coordinator},
          loop_.now()},
         end,
         std::move(done)});
    go_on();
}

/// Asks for those who have come, or waits for whatever is next.
void AgreementWait::go_on()
{
    if (unanswered_ == 0 && !newcomers_.empty())
        return ask();
    auto next = Clock::time_point::max();
    for (const auto& waiting : waiting_)
        next = std::min(next, unanswered_ == 0 ? waiting.core.next() : waiting.end);
    for (const auto& newcomer : newcomers_)
        next = std::min(next, newcomer.end);
    disarm();
    if (next != Clock::time_point::max())
        loop_.link(alarm_, next);
}

void AgreementWait::ask()
{
    std::ranges::move(newcomers_, std::back_inserter(waiting_));
    newcomers_.clear();
    const auto line = lines_();
    if (!line)
        return end_round([&](Waiting& waiting) { return waiting.core.failed(loop_.now()); });
    const auto round = ++round_;
    own_.clear();
    for (const auto& waiting : waiting_)
        if (const auto& coordinator = waiting.core.coordinator())
            own_.emplace(*coordinator, std::nullopt);
    const auto coordinators = own_;
    unanswered_ = 2 + coordinators.size();
    ask(line, metadata::SchemaAgreement::local_query, &AgreementWait::local_);
    ask(line, metadata::SchemaAgreement::peers_query, &AgreementWait::peers_);
    for (const auto& [coordinator, nothing] : coordinators)
        if (round == round_ && unanswered_ != 0)
            ask(coordinator);
    if (round == round_)
        go_on();
}

void AgreementWait::ask(const std::shared_ptr<ControlLine>& line, std::string_view cql, Rows AgreementWait::* rows)
{
    line->ask(Statement{std::string{cql}}, 0,
              [self = shared_from_this(), rows, round = round_](const Error& error, std::vector<Rows> pages) {
                  if (self->round_ == round && self->unanswered_ != 0)
                      self->answered(rows, error, std::move(pages));
              });
}

void AgreementWait::answered(Rows AgreementWait::* rows, const Error& error, std::vector<Rows> pages)
{
    if (error)
        return interrupted();
    this->*rows = pages.empty() ? Rows{} : std::move(pages.front());
    one_answered();
}

void AgreementWait::ask(const Uuid& coordinator)
{
    ask_node_(coordinator,
              [self = shared_from_this(), coordinator, round = round_](const std::optional<Uuid>& version) {
                  if (self->round_ != round || self->unanswered_ == 0)
                      return;
                  self->own_[coordinator] = version;
                  self->one_answered();
              });
}

void AgreementWait::one_answered()
{
    if (--unanswered_ == 0)
        end_round([this](Waiting& waiting) { return judge(waiting); });
}

AgreementWait::Verdict AgreementWait::judge(Waiting& waiting)
{
    const auto& coordinator = waiting.core.coordinator();
    const auto own = coordinator ? own_[*coordinator] : std::nullopt;
    return waiting.core.decide(local_, peers_, is_down_, loop_.now(), own);
}

void AgreementWait::interrupted()
{
    if (unanswered_ != 0)
        end_round([&](Waiting& waiting) { return waiting.core.failed(loop_.now()); });
}

/// Those who are told may come again, or end all of this.
template <class Judge> void AgreementWait::end_round(Judge judge)
{
    const auto self = shared_from_this();
    unanswered_ = 0;
    std::vector<Waiting> agreed, gave_up;
    for (auto& waiting : std::exchange(waiting_, {})) {
        switch (judge(waiting)) {
        case Verdict::agreed: agreed.push_back(std::move(waiting)); break;
        case Verdict::again: waiting_.push_back(std::move(waiting)); break;
        case Verdict::gave_up: gave_up.push_back(std::move(waiting)); break;
        }
    }
    go_on();
    tell(agreed, true);
    tell(gave_up, false);
}

/// Whose time is over hears so; for the others it may be time for another round.
void AgreementWait::end_late()
{
    std::vector<Waiting> late;
    for (auto* list : {&waiting_, &newcomers_})
        for (auto& waiting : std::exchange(*list, {}))
            (waiting.end <= loop_.now() ? late : *list).push_back(std::move(waiting));
    if (unanswered_ == 0 && !waiting_.empty())
        ask();
    else
        go_on();
    tell(late, false);
}

void AgreementWait::close()
{
    const auto self = shared_from_this();
    unanswered_ = 0;
    disarm();
    auto told = std::exchange(waiting_, {});
    std::ranges::move(std::exchange(newcomers_, {}), std::back_inserter(told));
    tell(told, false);
}

void AgreementWait::tell(const std::vector<Waiting>& told, bool agreed)
{
    for (const auto& waiting : told)
        waiting.done(agreed);
}

void AgreementWait::disarm() noexcept
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

}
