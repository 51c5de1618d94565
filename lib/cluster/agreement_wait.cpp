#include "lib/cluster/agreement_wait.hpp"

namespace coodie::detail {

AgreementWait::AgreementWait(LoopState& loop, const ClusterOptions& options, const AgreementBounds& bounds, Lines lines,
                             IsDown is_down, Done done)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, core_{{.interval = options.schema_agreement_interval,
                                                               .max_wait = bounded(bounds.most),
                                                               .coordinator = bounds.coordinator},
                                                              loop.now()},
      end_{loop.after(bounds.most.count() == 0 ? options.query_timeout : bounds.most)}, lines_{std::move(lines)},
      is_down_{std::move(is_down)}, done_{std::move(done)}
{
    alarm_.wait = this;
    alarm_.expire = [](Deadline& alarm) noexcept {
        auto& wait = *static_cast<Alarm&>(alarm).wait;
        const auto self = wait.shared_from_this();
        if (wait.loop_.now() >= wait.end_)
            return wait.finish(false);
        wait.ask();
    };
}

AgreementWait::~AgreementWait()
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

void AgreementWait::ask()
{
    const auto line = lines_();
    if (!line)
        return act_on(core_.failed(loop_.now()));
    ++round_;
    unanswered_ = 2;
    arm(end_);
    ask(line, metadata::SchemaAgreement::local_query, &AgreementWait::local_);
    ask(line, metadata::SchemaAgreement::peers_query, &AgreementWait::peers_);
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
    if (--unanswered_ == 0)
        act_on(core_.decide(local_, peers_, is_down_, loop_.now()));
}

void AgreementWait::interrupted()
{
    if (std::exchange(unanswered_, 0) != 0)
        act_on(core_.failed(loop_.now()));
}

void AgreementWait::give_up()
{
    finish(false);
}

void AgreementWait::act_on(Verdict verdict)
{
    switch (verdict) {
    case Verdict::agreed: return finish(true);
    case Verdict::again: return arm(core_.next());
    case Verdict::gave_up: return finish(false);
    }
}

void AgreementWait::arm(Clock::time_point when)
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    loop_.link(alarm_, when);
}

void AgreementWait::finish(bool agreed)
{
    const auto self = shared_from_this();
    unanswered_ = 0;
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    if (const auto done = std::exchange(done_, nullptr))
        done(*this, agreed);
}

}
