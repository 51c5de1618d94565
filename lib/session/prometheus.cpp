#include <coodie/metrics.hpp>

#include <algorithm>
#include <string_view>

// Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats

namespace coodie {

namespace {

using Labels = std::map<std::string, std::string>;

constexpr std::size_t first_doubling = 6; ///< the smallest bucket ends at 2^6 us
constexpr std::size_t last_doubling = 26; ///< the greatest at 67 s

bool is_label_name(std::string_view name) noexcept
{
    const auto fits = [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const bool is_digit_first = !name.empty() && name.front() >= '0' && name.front() <= '9';
    return !name.empty() && !is_digit_first && !name.starts_with("__") && std::ranges::all_of(name, fits);
}

void check(const Labels& labels)
{
    for (const auto& [name, value] : labels)
        if (!is_label_name(name) || name == "le" || name == "error")
            Error{errc::configuration, "to_prometheus: '" + name + "' cannot be the name of a label"}.raise();
}

std::string escaped(std::string_view value)
{
    std::string text;
    for (const char c : value) {
        if (c == '\\' || c == '"')
            text += '\\';
        text += c == '\n' ? std::string_view{"\\n"} : std::string_view{&c, 1};
    }
    return text;
}

/// Seconds, exactly.
std::string seconds(std::chrono::microseconds time)
{
    const auto whole = std::to_string(time.count() / 1'000'000);
    const auto rest = std::to_string(time.count() % 1'000'000);
    return whole + '.' + std::string(6 - rest.size(), '0') + rest;
}

class Page
{
public:
    explicit Page(const Labels& labels)
    {
        for (const auto& [name, value] : labels)
            labels_ += (labels_.empty() ? "" : ",") + name + "=\"" + escaped(value) + '"';
    }

    void head(const std::string& name, const char* type, const char* help)
    {
        text_ += "# HELP coodie_" + name + ' ' + help + "\n# TYPE coodie_" + name + ' ' + type + '\n';
    }
    /// `own`: a label of this sample, `name="value"`.
    void sample(const std::string& name, const std::string& value, const std::string& own = {})
    {
        const auto labels = labels_ + (labels_.empty() || own.empty() ? "" : ",") + own;
        text_ += "coodie_" + name + (labels.empty() ? "" : '{' + labels + '}') + ' ' + value + '\n';
    }
    void counter(const std::string& name, const char* help, std::uint64_t value)
    {
        head(name, "counter", help);
        sample(name, std::to_string(value));
    }
    void gauge(const std::string& name, const char* help, std::uint64_t value)
    {
        head(name, "gauge", help);
        sample(name, std::to_string(value));
    }
    void errors(const std::string& name, const char* help, const std::map<errc, std::uint64_t>& counts)
    {
        std::map<std::string, std::uint64_t> by_name; // codes without a name share one
        for (const auto& [code, count] : counts)
            by_name[make_error_code(code).message()] += count;
        head(name, "counter", help);
        for (const auto& [error, count] : by_name)
            sample(name, std::to_string(count), "error=\"" + escaped(error) + '"');
    }
    void histogram(const std::string& name, const char* help, const LatencyHistogram& latency)
    {
        head(name, "histogram", help);
        std::uint64_t below = 0;
        std::size_t bucket = 0;
        for (auto doubling = first_doubling; doubling <= last_doubling; ++doubling) {
            const LatencyHistogram::Duration bound{std::int64_t{1} << doubling};
            for (; LatencyHistogram::upper_bound(bucket) < bound; ++bucket)
                below += latency.counts[bucket];
            sample(name + "_bucket", std::to_string(below), "le=\"" + seconds(bound) + '"');
        }
        sample(name + "_bucket", std::to_string(latency.count()), "le=\"+Inf\"");
        sample(name + "_sum", seconds(latency.sum));
        sample(name + "_count", std::to_string(latency.count()));
    }
    std::string take() { return std::move(text_); }

private:
    std::string labels_;
    std::string text_;
};

}

std::string to_prometheus(const Metrics& m, const std::map<std::string, std::string>& labels)
{
    check(labels);
    Page page{labels};
    page.counter("requests_started_total", "Requests taken by a loop of the session.", m.requests_started);
    page.counter("requests_completed_total", "Requests that were answered without an error.", m.requests_completed);
    page.errors("requests_failed_total", "Requests that ended with an error, by that error.", m.requests_failed);
    page.errors("attempts_failed_total", "Attempts on one host that failed, by their error.", m.attempts_failed);
    page.counter("retries_total", "Attempts made after a failed one.", m.retries);
    page.counter("speculative_executions_total", "Attempts made beside one that was not answered in time.",
                 m.speculative_executions);
    page.counter("prepares_total", "PREPAREs sent for statements new to the session.", m.prepares);
    page.counter("reprepares_total", "PREPAREs sent to hosts that had forgotten a statement, or are new.",
                 m.reprepares);
    page.counter("answers_given_up_total", "Answers that nobody waits for any more.", m.given_up);
    page.counter("late_answers_total", "Answers that came when nobody waited for them any more.", m.late_answers);
    page.gauge("requests_in_flight", "Requests sent and not answered.", m.in_flight);
    page.gauge("requests_queued", "Requests that wait to be sent.", m.queued);
    page.counter("connections_opened_total", "Connections opened.", m.connections_opened);
    page.counter("connections_failed_total", "Connections that could not be opened.", m.connections_failed);
    page.counter("connections_lost_total", "Connections lost.", m.connections_lost);
    page.gauge("connections_open", "Connections that are open.", m.connections_open);
    page.counter("bytes_sent_total", "Bytes sent to the cluster, compressed, without TLS.", m.bytes_sent);
    page.counter("bytes_received_total", "Bytes received from the cluster, compressed, without TLS.", m.bytes_received);
    page.histogram("request_duration_seconds", "How long requests took, failed ones too.", m.latency);
    return page.take();
}

}
