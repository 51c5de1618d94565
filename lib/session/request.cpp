#include "lib/session/request.hpp"

#include "lib/session/session_loop.hpp"

namespace coodie::detail {

Request::Request()
{
    run = [](Task& task, LoopState&) noexcept {
        auto& self = static_cast<Request&>(task);
        self.session->start(self);
    };
    answered = [](Exchange& exchange, const Answer& answer) {
        auto& self = static_cast<Request&>(exchange);
        return self.session->answered(self, answer);
    };
    lost = [](Exchange& exchange, const Error& error) noexcept {
        auto& self = static_cast<Request&>(exchange);
        self.session->lost(self, error);
    };
    written = [](Exchange& exchange) noexcept {
        auto& self = static_cast<Request&>(exchange);
        if (self.is_over)
            self.release();
    };
    expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<Request&>(deadline);
        self.session->timed_out(self);
    };
    patience.request = this;
    patience.expire = [](Deadline& deadline) noexcept {
        auto& self = *static_cast<Patience&>(deadline).request;
        self.session->attempt_timed_out(self);
    };
}

}
