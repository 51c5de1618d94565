#include "lib/base/run_on.hpp"
#include "lib/session/session_loop.hpp"

// Statements on hosts that nobody has sent them to yet: on all hosts there are when a statement was prepared on one,
// and on those that come back, before they take requests. What fails here is repaired when it is missed.

namespace coodie::detail {

namespace {

constexpr std::size_t at_once = 16; ///< PREPAREs on their way to a host
constexpr std::chrono::milliseconds longest_hold{2'000};

}

void SessionLoop::spread(const std::shared_ptr<const Prepared>& prepared, HostIndex origin)
{
    if (!settings_->options.prepare_on_all_hosts)
        return;
    for (const auto host : pools_.indexes()) {
        if (host == origin)
            continue;
        auto& preparation = begin_preparation(host);
        preparation.due.push_back(prepared);
        go_on(preparation);
    }
}

/// Or the one that has begun.
HostPreparation& SessionLoop::begin_preparation(HostIndex host)
{
    auto& preparation = preparations_[host];
    if (!preparation) {
        preparation = std::make_unique<HostPreparation>();
        preparation->session = this;
        preparation->host = host;
    }
    if (preparation->due.empty())
        preparation->keyspace_generation = keyspace_generation_;
    return *preparation;
}

bool SessionLoop::holds_back(HostPool& pool, const std::shared_ptr<Connection>& connection) noexcept
{
    if (!settings_->options.prepare_on_up)
        return false;
    const auto host = pool.host().index();
    const auto found = preparations_.find(host);
    if (found != preparations_.end() && found->second->holder != HostPreparation::Holder::none)
        return !found->second->is_admitted;
    const auto told = [self = weak_from_this(), host] {
        if (const auto loop = self.lock())
            run_on(loop->state(), [loop, host] { loop->prepared_by_other(host); });
    };
    const auto step = commons_->prepared_hosts.reach(host, number_, told);
    if (step == PreparedHosts::Step::none)
        return false;
    auto& preparation = begin_preparation(host);
    hold_back(preparation);
    if (step == PreparedHosts::Step::wait) {
        preparation.holder = HostPreparation::Holder::other;
        return true;
    }
    const auto statements = commons_->statements.all(connection_options_.handshake.keyspace);
    preparation.holder = HostPreparation::Holder::this_loop;
    preparation.keyspace_generation = keyspace_generation_;
    preparation.due.assign(statements.begin(), statements.end());
    preparation.connection = connection;
    go_on(preparation);
    return preparations_.contains(host);
}

/// Not for ever.
void SessionLoop::hold_back(HostPreparation& preparation)
{
    preparation.is_admitted = false;
    preparation.expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<HostPreparation&>(deadline);
        self.is_admitted = true;
        self.session->admit(self.host);
    };
    state().link(preparation, state().after(longest_hold));
}

/// The preparation may be over afterwards, and gone.
void SessionLoop::go_on(HostPreparation& preparation)
{
    while (preparation.under_way < at_once && send_next(preparation)) {
    }
    if (preparation.under_way == 0 && preparation.holder != HostPreparation::Holder::other && !awaits_pool(preparation))
        end_preparation(preparation.host);
}

/// Another loop reaches the host already, so that nobody tells it of everything once this one does.
bool SessionLoop::awaits_pool(const HostPreparation& preparation) const noexcept
{
    const auto* pool = preparation.due.empty() ? nullptr : pools_.pool(preparation.host);
    return pool && !pool->is_usable() && pool->host().is_up() && preparation.holder == HostPreparation::Holder::none;
}

/// The host can be told now, or cannot any more.
void SessionLoop::go_on(const HostPool& pool)
{
    const auto found = preparations_.find(pool.host().index());
    if (found == preparations_.end())
        return;
    auto& preparation = *found->second;
    if (!pool.is_usable() && preparation.holder == HostPreparation::Holder::none)
        preparation.due.clear();
    go_on(preparation);
}

/// False: nothing is left that can be sent now. What was prepared in another keyspace is of no use in this.
bool SessionLoop::send_next(HostPreparation& preparation)
{
    auto& due = preparation.due;
    auto* connection = preparation.connection ? preparation.connection.get() : pools_.pick(preparation.host);
    if (due.empty() || preparation.keyspace_generation != keyspace_generation_ || !connection ||
        !connection->is_ready() || !connection->core().has_free_stream())
        return false;
    const auto prepared = std::move(due.front());
    due.pop_front();
    if (find_repair(*connection, prepared->id))
        return true;
    send_repair(*connection, preparation.host, prepared).is_spread = true;
    ++(preparation.holder == HostPreparation::Holder::this_loop ? meter_.reprepares : meter_.prepares);
    ++preparation.under_way;
    return true;
}

/// One PREPARE more was answered, or never will be.
void SessionLoop::spread_ended(HostIndex host)
{
    const auto found = preparations_.find(host);
    if (found == preparations_.end())
        return;
    --found->second->under_way;
    go_on(*found->second);
}

void SessionLoop::end_preparation(HostIndex host)
{
    const auto ended = std::move(preparations_.extract(host).mapped());
    if (ended->is_linked())
        state().unlink(*ended);
    if (ended->holder == HostPreparation::Holder::this_loop)
        commons_->prepared_hosts.end(host);
    if (!ended->is_admitted)
        admit(host);
}

void SessionLoop::prepared_by_other(HostIndex host)
{
    const auto found = preparations_.find(host);
    if (found == preparations_.end() || found->second->holder != HostPreparation::Holder::other)
        return;
    auto& preparation = *found->second;
    preparation.holder = HostPreparation::Holder::none;
    if (preparation.is_linked())
        state().unlink(preparation);
    if (!std::exchange(preparation.is_admitted, true))
        admit(host);
    if (const auto* pool = pools_.pool(host))
        go_on(*pool);
}

void SessionLoop::admit(HostIndex host)
{
    if (auto* pool = pools_.pool(host))
        pool->admit();
}

/// The host is not used any more: it is told of nothing more.
void SessionLoop::abandon_preparation(HostIndex host)
{
    const auto found = preparations_.find(host);
    if (found == preparations_.end())
        return;
    found->second->due.clear();
    go_on(*found->second);
}

void SessionLoop::stop_preparing()
{
    for (const auto& [host, preparation] : std::exchange(preparations_, {})) {
        if (preparation->is_linked())
            state().unlink(*preparation);
        if (preparation->holder == HostPreparation::Holder::this_loop)
            commons_->prepared_hosts.end(host);
    }
    for (const auto host : pools_.indexes())
        commons_->prepared_hosts.lose(host, number_);
}

}
