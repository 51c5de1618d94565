#include "lib/transport/stream.hpp"

namespace coodie::detail {

void Stream::secure(std::shared_ptr<const TlsContext> context, const std::string& dialled)
{
    tls_ = std::make_unique<Tls>(tcp_, std::move(context), dialled);
}

void Stream::close() noexcept
{
    if (tls_)
        tls_->engine.close();
    tcp_.close();
}

}
