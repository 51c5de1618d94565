#include "lib/base/run_on.hpp"
#include "lib/metadata/cells.hpp"
#include "lib/metadata/schema_agreement.hpp"
#include "lib/session/session_loop.hpp"
#include <algorithm>

// A statement that changed the schema is answered once all nodes have the new one, or are waited for no longer: it was
// executed, so that nothing that happens meanwhile makes an error of it.

namespace coodie::detail {

/// None: nobody has told it.
std::optional<Uuid> SessionLoop::host_id_of(HostIndex host) const
{
    const auto* pool = pools_.pool(host);
    return pool && pool->host().host_id() != Uuid{} ? std::optional{pool->host().host_id()} : std::nullopt;
}

/// On its own connection, if there is one.
void SessionLoop::ask_schema_version(const Uuid& host_id, std::function<void(const std::optional<Uuid>&)> told)
{
    const auto found =
        std::ranges::find(hosts_, host_id, [](const auto& known) { return known.second.host->host_id(); });
    if (found == hosts_.end())
        return told({});
    auto& request = NodePool<Request>::take();
    request.statement = Statement{std::string{metadata::SchemaAgreement::local_query}};
    request.statement.kind(StatementKind::simple).host(found->second.host->address());
    request.statement.options() = {.timeout = settings_->cluster->query_timeout, .idempotent = true};
    request.session = this;
    request.user_code = false;
    request.handler = [told = std::move(told)](const std::exception_ptr& thrown, const Rows& rows) {
        const bool is_told = !thrown && !rows.empty();
        told(is_told ? metadata::read<Uuid>(rows.front(), "schema_version") : std::nullopt);
    };
    start(request);
}

bool SessionLoop::is_settled(const Request& request, const Rows& rows) const noexcept
{
    const auto& options = settings_->options;
    return !rows.extras()->schema_change || request.extras || !options.metadata ||
           options.max_schema_agreement_wait.count() <= 0;
}

/// What else was asked the same is of no interest any more.
void SessionLoop::settle(Request& execution, Rows rows)
{
    observe_end_of_attempt(execution, {});
    const auto coordinator = host_id_of(execution.host);
    auto& request = leader_of(execution);
    if (execution.race) {
        std::erase(execution.race->running, &execution);
        end_race(request);
    }
    if (&request != &execution)
        execution.release();
    const auto change = *rows.extras()->schema_change;
    auto settling = std::make_shared<Settling>(request, std::move(rows));
    request.extras = std::make_unique<RequestExtras>(RequestExtras::Kind::schema_change);
    request.extras->settling = settling;
    settling_.push_back(request);
    control_plane_->settle(change, coordinator,
                           [self = shared_from_this(), settling = std::weak_ptr{settling}](bool agreed) {
                               run_on(self->state(), [self, settling, agreed] {
                                   if (const auto held = settling.lock())
                                       self->settled(held->request, agreed);
                               });
                           });
}

void SessionLoop::settled(Request& request, bool agreed) noexcept
{
    if (request.list)
        request.list->remove(request);
    auto extras = std::make_unique<ResponseExtras>(*request.extras->settling->rows.extras());
    extras->schema_in_agreement = agreed;
    finish(request, {}, Rows{{}, nullptr, {}, 0, std::move(extras)});
}

}
