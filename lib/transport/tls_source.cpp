#include "lib/transport/tls_source.hpp"

namespace coodie::detail {

TlsSource::TlsSource(const TlsOptions& options, std::vector<Stamp> stamps, std::shared_ptr<const TlsContext> context)
    : options_{options}, stamps_{std::move(stamps)}, context_{std::move(context)}
{
}

Result<std::shared_ptr<TlsSource>> TlsSource::make(const TlsOptions& options)
{
    auto stamps = stamps_of(options);
    auto context = TlsContext::make(options);
    if (!context)
        return context.error();
    return std::shared_ptr<TlsSource>{new TlsSource{options, std::move(stamps), std::move(*context)}};
}

/// Taken before the files are read: what changes meanwhile is read again.
std::vector<TlsSource::Stamp> TlsSource::stamps_of(const TlsOptions& options)
{
    std::vector<Stamp> stamps;
    for (const auto* file : {&options.ca_file, &options.certificate_file, &options.key_file}) {
        std::error_code ignored;
        stamps.push_back(
            {std::filesystem::last_write_time(*file, ignored), std::filesystem::file_size(*file, ignored)});
    }
    return stamps;
}

std::shared_ptr<const TlsContext> TlsSource::current()
{
    const std::lock_guard lock{mutex_};
    auto stamps = stamps_of(options_);
    if (stamps == stamps_)
        return context_;
    if (auto context = TlsContext::make(options_)) {
        context_ = std::move(*context);
        stamps_ = std::move(stamps);
    }
    return context_;
}

}
