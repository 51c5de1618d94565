#pragma once

#include "lib/cluster/control_line.hpp"
#include "lib/metadata/schema_agreement.hpp"
#include <map>

namespace coodie::detail {

/// How long all nodes are waited for, and who must be among them.
struct AgreementBounds
{
    std::chrono::milliseconds most; ///< 0: they are asked once
    std::optional<Uuid> coordinator = {};
};

/// The wait for all nodes to have the same schema, one for all who want to know: asks on whatever line there is, again
/// and again, as long as somebody waits. Who comes while the nodes are asked waits for the next round, which follows at
/// once.
class AgreementWait : public std::enable_shared_from_this<AgreementWait>
{
public:
    using Lines = std::function<std::shared_ptr<ControlLine>()>; ///< the line of now; null: there is none
    using IsDown = std::function<bool(const Uuid& host_id)>;
    using Done = std::function<void(bool agreed)>;
    /// Asks a node for its own version, and says none where it does not answer.
    using AskNode = std::function<void(const Uuid& host_id, std::function<void(const std::optional<Uuid>&)> told)>;

    AgreementWait(LoopState& loop, const ClusterOptions& options, Lines lines, IsDown is_down, AskNode ask_node);
    ~AgreementWait();
    AgreementWait(const AgreementWait&) = delete;
    AgreementWait& operator=(const AgreementWait&) = delete;

    void add(const AgreementBounds& bounds, Done done);
    /// The line was lost: what was asked is answered by nobody.
    void interrupted();
    /// Tells all that there is no agreement, now.
    void close();

private:
    using Verdict = metadata::SchemaAgreement::Verdict;
    struct Alarm : Deadline
    {
        AgreementWait* wait = nullptr;
    };
    struct Waiting
    {
        metadata::SchemaAgreement core;
        Clock::time_point end;
        Done done;
    };

    void ask();
    void ask(const std::shared_ptr<ControlLine>& line, std::string_view cql, Rows AgreementWait::* rows);
    void ask(const Uuid& coordinator);
    void answered(Rows AgreementWait::* rows, const Error& error, std::vector<Rows> pages);
    void one_answered();
    Verdict judge(Waiting& waiting);
    template <class Judge> void end_round(Judge judge);
    void go_on();
    void end_late();
    void disarm() noexcept;
    static void tell(const std::vector<Waiting>& told, bool agreed);

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const ClusterOptions& options_;
    const Lines lines_;
    const IsDown is_down_;
    const AskNode ask_node_;
    std::vector<Waiting> waiting_;   ///< for this round, or the pause before the next one
    std::vector<Waiting> newcomers_; ///< since it began
    Rows local_;
    Rows peers_;
    std::map<Uuid, std::optional<Uuid>> own_; ///< what coordinators say
    std::size_t unanswered_ = 0;              ///< 0: no round is under way
    std::size_t round_ = 0;
    Alarm alarm_;
};

}
