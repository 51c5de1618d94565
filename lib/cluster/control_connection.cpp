#include "lib/cluster/control_state.hpp"

namespace coodie::detail {

ControlConnection::ControlConnection(LoopState& loop, std::shared_ptr<const ClusterOptions> options,
                                     ControlListener& listener)
    : state_{std::make_shared<ControlState>(loop, std::move(options), listener)}
{
}

ControlConnection::~ControlConnection()
{
    close({errc::closed, "the session was closed"});
}

void ControlConnection::start(Done done)
{
    state_->start(std::move(done));
}

void ControlConnection::close(const Error& error) noexcept
{
    state_->close(error);
}

void ControlConnection::refresh_schema(metadata::SchemaDue due, Done done)
{
    state_->refresh_schema(std::move(due), std::move(done));
}

void ControlConnection::await_schema_agreement(const AgreementBounds& bounds, std::function<void(bool agreed)> done)
{
    state_->await_schema_agreement(bounds, std::move(done));
}

void ControlConnection::report_up(HostIndex host, std::size_t loop)
{
    state_->report_up(host, loop);
}

void ControlConnection::report_down(HostIndex host, std::size_t loop)
{
    state_->report_down(host, loop);
}

std::shared_ptr<const ClusterSnapshot> ControlConnection::snapshot() const
{
    return state_->snapshot();
}

std::vector<Failure> ControlConnection::failures() const
{
    return state_->failures();
}

}
