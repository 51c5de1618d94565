#pragma once

#include "lib/transport/tls_context.hpp"
#include <filesystem>
#include <mutex>
#include <vector>

namespace coodie::detail {

/// Where connections get their TLS from: what the files of the options hold today. Threads: any.
class TlsSource
{
public:
    /// Errors: as TlsContext::make.
    static Result<std::shared_ptr<TlsSource>> make(const TlsOptions& options);

    /// Made anew when a file has changed; one that cannot be used, half written perhaps, changes nothing.
    std::shared_ptr<const TlsContext> current();

private:
    struct Stamp
    {
        std::filesystem::file_time_type written;
        std::uintmax_t size = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };

    TlsSource(const TlsOptions& options, std::vector<Stamp> stamps, std::shared_ptr<const TlsContext> context);
    static std::vector<Stamp> stamps_of(const TlsOptions& options);

    const TlsOptions options_;
    std::mutex mutex_;
    std::vector<Stamp> stamps_; ///< of what `context_` was made from
    std::shared_ptr<const TlsContext> context_;
};

}
