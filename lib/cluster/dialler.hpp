#pragma once

#include "lib/cluster/contact_points.hpp"
#include <deque>

namespace coodie::detail {

/// Who a dialler tells what it found.
class DialOwner
{
public:
    /// The connection works so far. The next one is offered only when this one was refused.
    virtual void reached(const std::shared_ptr<Connection>& connection, const Target& target) = 0;
    /// There is nothing left to try. Never empty.
    virtual void exhausted(std::vector<Failure> failures) = 0;

protected:
    ~DialOwner() = default;
};

/// Looks for a node that works: first the known ones, then the contact points with all their addresses, each once.
/// The next address is tried when one has failed, or has not answered within a short while: one that swallows
/// everything costs no more than that. Lifetime: what it waits for keeps it alive until it is closed.
class Dialler : public std::enable_shared_from_this<Dialler>
{
public:
    Dialler(LoopState& loop, std::shared_ptr<const ClusterOptions> options,
            std::shared_ptr<const ConnectionOptions> connection_options, std::vector<Target> known, DialOwner& owner);
    ~Dialler();
    Dialler(const Dialler&) = delete;
    Dialler& operator=(const Dialler&) = delete;

    void start();
    /// The connection that was offered will not do, and is closed already.
    void refuse(const Target& target, const Error& error);
    /// Calls nobody any more; what is under way ends. A connection that was offered is not touched.
    void close(const Error& error) noexcept;

    const ContactPoints& contact_points() const noexcept { return points_; }
    /// Of all that were tried, and of those that have not answered yet.
    std::vector<Failure> failures() const;

private:
    struct Alarm : Deadline
    {
        Dialler* dialler = nullptr;
    };
    /// A connection until it is offered.
    struct Dial;

    void go_on();
    void dial_next();
    std::optional<Target> next();
    bool take(const Target& target);
    void dial(const Target& target);
    void opened(Dial& dial, const Error& error);
    void lost(Dial& dial, const Error& error);
    std::shared_ptr<Dial> remove(Dial& dial);
    void arm();

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const std::shared_ptr<const ClusterOptions> options_;
    const std::shared_ptr<const ConnectionOptions> connection_options_;
    DialOwner* owner_; ///< null: closed
    std::deque<Target> known_;
    ContactPoints points_;
    std::vector<Endpoint> tried_;
    std::vector<std::shared_ptr<Dial>> dials_; ///< under way, or open and not offered yet
    std::vector<Failure> failures_;
    bool is_offered_ = false; ///< somebody looks at a connection
    bool is_patient_ = true;  ///< a name that is being resolved still holds its turn
    Alarm alarm_;
};

}
