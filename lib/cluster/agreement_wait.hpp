#pragma once

#include "lib/cluster/control_line.hpp"
#include "lib/metadata/schema_agreement.hpp"

namespace coodie::detail {

/// How long all nodes are waited for, and who must be among them.
struct AgreementBounds
{
    std::chrono::milliseconds most; ///< 0: they are asked once
    std::optional<Uuid> coordinator = {};
};

/// One wait for all nodes to have the same schema: asks on whatever line there is, again and again, for a bounded time.
class AgreementWait : public std::enable_shared_from_this<AgreementWait>
{
public:
    using Lines = std::function<std::shared_ptr<ControlLine>()>; ///< the line of now; null: there is none
    using IsDown = std::function<bool(const Uuid& host_id)>;
    using Done = std::function<void(AgreementWait&, bool agreed)>;

    AgreementWait(LoopState& loop, const ClusterOptions& options, const AgreementBounds& bounds, Lines lines,
                  IsDown is_down, Done done);
    ~AgreementWait();
    AgreementWait(const AgreementWait&) = delete;
    AgreementWait& operator=(const AgreementWait&) = delete;

    void ask();
    /// The line was lost: what was asked is answered by nobody.
    void interrupted();
    /// Tells that there is no agreement, now.
    void give_up();

private:
    using Verdict = metadata::SchemaAgreement::Verdict;
    struct Alarm : Deadline
    {
        AgreementWait* wait = nullptr;
    };

    void ask(const std::shared_ptr<ControlLine>& line, std::string_view cql, Rows AgreementWait::* rows);
    void answered(Rows AgreementWait::* rows, const Error& error, std::vector<Rows> pages);
    void act_on(Verdict verdict);
    void arm(Clock::time_point when);
    void finish(bool agreed);

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    metadata::SchemaAgreement core_;
    const Clock::time_point end_;
    Lines lines_;
    IsDown is_down_;
    Done done_;
    Rows local_;
    Rows peers_;
    std::size_t unanswered_ = 0; ///< 0: waits for its next turn
    std::size_t round_ = 0;
    Alarm alarm_;
};

}
