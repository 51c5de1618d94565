#include <algorithm>
#include <lib/metadata/cells.hpp>
#include <lib/metadata/schema_agreement.hpp>

namespace coodie::metadata {

SchemaAgreement::SchemaAgreement(const Options& options, Time now) noexcept
    : options_{options}, end_{now + options.max_wait}, next_{now}
{
}

SchemaAgreement::Verdict SchemaAgreement::decide(const Rows& local, const Rows& peers,
                                                 const std::function<bool(const Uuid& host_id)>& is_down, Time now,
                                                 const std::optional<Uuid>& own)
{
    const bool shows_own = !own || (!local.empty() && read<Uuid>(local.front(), "schema_version") == own);
    return shows_own && agree(local, peers, is_down) ? Verdict::agreed : failed(now);
}

SchemaAgreement::Verdict SchemaAgreement::failed(Time now) noexcept
{
    if (now >= end_)
        return Verdict::gave_up;
    next_ = std::min(now + options_.interval, end_);
    return Verdict::again;
}

bool SchemaAgreement::agree(const Rows& local, const Rows& peers,
                            const std::function<bool(const Uuid& host_id)>& is_down) const
{
    const auto wanted = local.empty() ? std::nullopt : read<Uuid>(local.front(), "schema_version");
    if (!wanted)
        return false;
    bool has_coordinator = !options_.coordinator || read<Uuid>(local.front(), "host_id") == options_.coordinator;
    for (const auto row : peers) {
        const auto host_id = read<Uuid>(row, "host_id");
        const auto version = read<Uuid>(row, "schema_version");
        const bool is_coordinator = host_id && host_id == options_.coordinator;
        if (!version || !host_id || (!is_coordinator && is_down(*host_id)))
            continue;
        if (*version != *wanted)
            return false;
        has_coordinator = has_coordinator || is_coordinator;
    }
    return has_coordinator;
}

}
