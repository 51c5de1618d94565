#pragma once

#include <coodie/error.hpp>
#include <coodie/latency_histogram.hpp>
#include <map>
#include <string>

namespace coodie {

/// What a session has counted since it was made, all of its loops together. A request is what was asked of the session:
/// a statement, a batch, a PREPARE; or the USE of set_keyspace, one a loop. Requests count before their handlers are
/// called.
/// Read while the session works, so that numbers that belong together may be some requests apart.
struct Metrics
{
    std::uint64_t requests_started = 0; ///< taken by a loop
    std::uint64_t requests_completed = 0;
    std::map<errc, std::uint64_t> requests_failed = {}; ///< by the error that the caller got
    std::map<errc, std::uint64_t> attempts_failed = {}; ///< by the error of one host, whatever came of the request
    std::uint64_t retries = 0;                          ///< attempts after a failed one
    std::uint64_t speculative_executions = 0;           ///< attempts beside one that was not answered in time
    std::uint64_t prepares = 0;                         ///< PREPAREs sent for statements new to the session
    std::uint64_t reprepares = 0;                       ///< sent to hosts that had forgotten a statement, or are new
    std::uint64_t given_up = 0; ///< answers that nobody waits for any more: their requests timed out or were cancelled
    std::uint64_t late_answers = 0; ///< of those, the ones that came

    std::uint64_t in_flight = 0; ///< requests sent and not answered, now
    std::uint64_t queued = 0;    ///< requests that wait to be sent, or for a PREPARE, now

    // Those to the cluster's hosts that take requests; the control connection is none of them
    std::uint64_t connections_opened = 0;
    std::uint64_t connections_failed = 0; ///< that could not be opened
    std::uint64_t connections_lost = 0;   ///< by the server, the network or a heartbeat without answer
    std::uint64_t connections_open = 0;   ///< now
    std::uint64_t bytes_sent = 0;         ///< as they travel: compressed; without TLS
    std::uint64_t bytes_received = 0;

    /// Of all requests that ended, completed and failed, in microseconds.
    /// Measured by the clock that loops read once in a while, whenever they have something to do: from when the request
    /// was taken by its loop to when its answer, or its failure, was found. It costs no clock reading, and what one
    /// batch of events takes (some microseconds) is the error of it. Time before a busy loop took the request is not
    /// part of it.
    LatencyHistogram latency = {};

    COODIE_API std::uint64_t failures() const noexcept; ///< all requests_failed together
};

/// The metrics in Prometheus' text format 0.0.4 ("text/plain; version=0.0.4"), each name with `coodie_` in front, each
/// sample with the labels.
/// Errors: ConfigurationError for a label whose name Prometheus does not take or that is used here: `le`, `error`.
COODIE_API std::string to_prometheus(const Metrics& metrics, const std::map<std::string, std::string>& labels = {});

}
