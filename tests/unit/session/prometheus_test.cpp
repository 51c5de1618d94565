#include "exposition.hpp"

#include "tests/error_of.hpp"
#include <coodie/metrics.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace std::chrono_literals;

namespace {

Metrics some()
{
    Metrics metrics;
    metrics.requests_started = 12;
    metrics.requests_completed = 7;
    metrics.requests_failed = {{errc::read_timeout, 2}, {errc::request_timeout, 1}};
    metrics.in_flight = 2;
    metrics.bytes_sent = 18'446'744'073'709'551'615U;
    for (const auto latency : {5us, 100us, 100us, 3'000us, 90'000'000us}) {
        ++metrics.latency.counts[LatencyHistogram::bucket_of(latency)];
        metrics.latency.sum += latency;
    }
    return metrics;
}

bool is_refused(const std::string& text)
{
    try {
        const Exposition read{text};
        return false;
    } catch (const std::runtime_error&) {
        return true;
    }
}

}

TEST_CASE("metrics are written in Prometheus' text format")
{
    const Exposition page{to_prometheus(some())};
    for (const auto& family : page.families()) {
        CAPTURE(family.name);
        CHECK(family.name.starts_with("coodie_"));
        CHECK(!family.help.empty());
        CHECK(family.type != "untyped");
        CHECK(family.name.ends_with("_total") == (family.type == "counter"));
    }
    CHECK(page.value("coodie_requests_started_total") == 12);
    CHECK(page.value("coodie_requests_failed_total", {{"error", "read timeout"}}) == 2);
    CHECK(page.family("coodie_attempts_failed_total").samples.empty());
    CHECK(page.family("coodie_requests_in_flight").type == "gauge");
}

TEST_CASE("a histogram's buckets count all latencies up to their bounds, in seconds")
{
    const Exposition page{to_prometheus(some())};
    const auto up_to = [&](const char* bound) {
        return page.value("coodie_request_duration_seconds_bucket", {{"le", bound}});
    };
    CHECK(up_to("0.000064") == 1);
    CHECK(up_to("0.000128") == 3);
    CHECK(up_to("0.002048") == 3);
    CHECK(up_to("0.004096") == 4);
    CHECK(up_to("67.108864") == 4);
    CHECK(up_to("+Inf") == 5);
    CHECK(page.value("coodie_request_duration_seconds_count") == 5);
    CHECK(page.value("coodie_request_duration_seconds_sum") == doctest::Approx(90.003205));
}

TEST_CASE("labels stand on every sample, with what the format escapes")
{
    const std::map<std::string, std::string> labels{{"instance", "a\\b \"c\"\nd}"}, {"dc_1", "é"}};
    const Exposition page{to_prometheus(some(), labels)};
    std::size_t samples = 0;
    for (const auto& family : page.families())
        for (const auto& sample : family.samples) {
            CAPTURE(sample.name);
            CHECK(sample.labels.at("instance") == labels.at("instance"));
            CHECK(sample.labels.at("dc_1") == labels.at("dc_1"));
            ++samples;
        }
    CHECK(samples > 40);
}

TEST_CASE("labels whose names Prometheus does not take are refused")
{
    for (const auto* name : {"", "1st", "a-b", "a b", "__name__", "le", "error", "naïve"}) {
        CAPTURE(name);
        CHECK(code_of([&] { (void)to_prometheus({}, {{name, "x"}}); }) == errc::configuration);
    }
}

TEST_CASE("errors that share a name are one series")
{
    Metrics metrics;
    metrics.requests_failed = {{errc{}, 1}, {static_cast<errc>(0x1ABCD), 2}};
    const Exposition page{to_prometheus(metrics)};
    CHECK(page.value("coodie_requests_failed_total") == 3);
}

TEST_CASE("the reader of these tests takes nothing that breaks the format")
{
    CHECK(!is_refused("# HELP a b\n# TYPE a counter\na{x=\"1\"} 2\na{x=\"2\"} 2\n"));
    CHECK(is_refused("a 1"));
    CHECK(is_refused("1a 1\n"));
    CHECK(is_refused("a{1=\"x\"} 1\n"));
    CHECK(is_refused("a{x=\"\\t\"} 1\n"));
    CHECK(is_refused("a{x=\"1\"} 1\na{x=\"1\"} 1\n"));
    CHECK(is_refused("a 1\nb 1\na{x=\"1\"} 1\n"));
    CHECK(is_refused("a 1\n# TYPE a counter\n"));
    CHECK(is_refused("a one\n"));
    CHECK(is_refused("# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n"));
    CHECK(is_refused("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 2\n"));
    CHECK(is_refused("# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n"));
}
