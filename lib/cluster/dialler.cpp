#include "lib/cluster/dialler.hpp"

#include <algorithm>

namespace coodie::detail {

struct Dialler::Dial : ConnectionOwner
{
    Dialler* dialler = nullptr; ///< null: it does not care any more
    Target target;
    std::shared_ptr<const ConnectionOptions> options; ///< the connection reads them
    std::weak_ptr<Connection> connection;
    bool is_open = false;

    void opened(const Error& error) noexcept override
    {
        if (dialler)
            dialler->opened(*this, error);
    }
    void lost(const Error& error) noexcept override
    {
        if (dialler)
            dialler->lost(*this, error);
    }
};

Dialler::Dialler(LoopState& loop, std::shared_ptr<const ClusterOptions> options,
                 std::shared_ptr<const ConnectionOptions> connection_options, std::vector<Target> known,
                 DialOwner& owner)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, options_{std::move(options)},
      connection_options_{std::move(connection_options)}, owner_{&owner}, known_{known.begin(), known.end()},
      points_{loop, *options_}
{
    alarm_.dialler = this;
    alarm_.expire = [](Deadline& alarm) noexcept {
        const auto self = static_cast<Alarm&>(alarm).dialler->shared_from_this();
        self->is_patient_ = false;
        self->go_on();
    };
}

Dialler::~Dialler()
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

void Dialler::start()
{
    points_.resolve([this] {
        const auto self = shared_from_this();
        if (dials_.empty() || !alarm_.is_linked())
            go_on();
    });
    go_on();
}

void Dialler::refuse(const Target& target, const Error& error)
{
    is_offered_ = false;
    failures_.push_back({target.label, error});
    go_on();
}

void Dialler::close(const Error& error) noexcept
{
    const auto self = shared_from_this();
    owner_ = nullptr;
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    for (const auto& dial : std::exchange(dials_, {})) {
        dial->dialler = nullptr;
        if (const auto connection = dial->connection.lock())
            connection->close(error);
    }
}

/// Offers what is open, or tries something more.
void Dialler::go_on()
{
    if (!owner_ || is_offered_)
        return;
    const auto self = shared_from_this();
    const auto open = std::ranges::find_if(dials_, [](const auto& dial) { return dial->is_open; });
    if (open == dials_.end())
        return dial_next();
    const auto dial = remove(**open);
    is_offered_ = true;
    owner_->reached(dial->connection.lock(), dial->target);
}

void Dialler::dial_next()
{
    if (const auto target = next()) {
        arm();
        return dial(*target);
    }
    if (!dials_.empty())
        return;
    if (!points_.all_known())
        return arm();
    owner_->exhausted(failures());
}

std::vector<Failure> Dialler::failures() const
{
    auto failures = failures_;
    failures.insert(failures.end(), points_.failures().begin(), points_.failures().end());
    for (const auto& dial : dials_)
        failures.push_back({dial->target.label, {errc::connection_lost, dial->target.label + ": no connection yet"}});
    return failures;
}

void Dialler::arm()
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    loop_.link(alarm_, loop_.after(options_->dial_stagger));
}

std::optional<Target> Dialler::next()
{
    while (!known_.empty()) {
        const auto target = std::move(known_.front());
        known_.pop_front();
        if (take(target))
            return target;
    }
    for (const auto& place : points_.places()) {
        if (!place.is_known && is_patient_)
            return std::nullopt;
        for (const auto& target : place.targets)
            if (take(target))
                return target;
    }
    return std::nullopt;
}

/// False: it was tried already.
bool Dialler::take(const Target& target)
{
    if (std::ranges::find(tried_, target.endpoint) != tried_.end())
        return false;
    tried_.push_back(target.endpoint);
    return true;
}

void Dialler::dial(const Target& target)
{
    const auto dial = std::make_shared<Dial>();
    dial->dialler = this;
    dial->target = target;
    dial->options = connection_options_;
    const auto connection = std::make_shared<Connection>(loop_, *connection_options_, target.server);
    dial->connection = connection;
    dials_.push_back(dial);
    connection->open(target.endpoint, dial);
}

void Dialler::opened(Dial& dial, const Error& error)
{
    const auto self = shared_from_this();
    dial.is_open = !error;
    if (error) {
        failures_.push_back({dial.target.label, error});
        (void)remove(dial);
    }
    go_on();
}

/// It was open, and waited to be offered.
void Dialler::lost(Dial& dial, const Error& error)
{
    const auto self = shared_from_this();
    failures_.push_back({dial.target.label, error});
    (void)remove(dial);
    go_on();
}

std::shared_ptr<Dialler::Dial> Dialler::remove(Dial& dial)
{
    const auto at = std::ranges::find_if(dials_, [&](const auto& held) { return held.get() == &dial; });
    auto removed = std::move(*at);
    dials_.erase(at);
    removed->dialler = nullptr;
    return removed;
}

}
