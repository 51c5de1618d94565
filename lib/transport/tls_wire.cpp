#include "lib/transport/tls_wire.hpp"

#include <openssl/bio.h>

namespace coodie::detail {

namespace {

TlsWireUse& use_of(BIO* bio)
{
    return *static_cast<TlsWireUse*>(BIO_get_data(bio));
}

/// What OpenSSL wants to hear: how much, or below 1 why not.
int told(BIO* bio, const Transferred& transferred, int retry)
{
    auto& use = use_of(bio);
    switch (transferred.outcome) {
    case Transfer::done: return static_cast<int>(transferred.size);
    case Transfer::would_block: BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY); return -1;
    case Transfer::closed: use.is_ended = true; return 0;
    case Transfer::failed: use.failure = transferred.error; return -1;
    }
    return -1;
}

int read(BIO* bio, char* room, int size)
{
    auto& use = use_of(bio);
    BIO_clear_retry_flags(bio);
    if (use.is_drained)
        return told(bio, {Transfer::would_block}, BIO_FLAGS_READ);
    const auto transferred = use.wire.receive(std::as_writable_bytes(std::span{room, static_cast<std::size_t>(size)}));
    use.is_drained = transferred.outcome == Transfer::done && transferred.size < static_cast<std::size_t>(size);
    if (transferred.outcome == Transfer::done && use.first_byte < 0)
        use.first_byte = static_cast<unsigned char>(*room);
    return told(bio, transferred, BIO_FLAGS_READ);
}

int write(BIO* bio, const char* bytes, int size)
{
    BIO_clear_retry_flags(bio);
    return told(bio, use_of(bio).wire.send(std::as_bytes(std::span{bytes, static_cast<std::size_t>(size)})),
                BIO_FLAGS_WRITE);
}

long control(BIO* bio, int command, long, void*)
{
    if (command == BIO_CTRL_EOF)
        return use_of(bio).is_ended ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int create(BIO* bio)
{
    BIO_set_init(bio, 1);
    return 1;
}

}

bio_method_st* make_wire_method() noexcept
{
    auto* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "coodie wire");
    if (!method)
        return nullptr;
    BIO_meth_set_create(method, create);
    BIO_meth_set_read(method, read);
    BIO_meth_set_write(method, write);
    BIO_meth_set_ctrl(method, control);
    return method;
}

}
