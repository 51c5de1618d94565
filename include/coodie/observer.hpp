#pragma once

#include <coodie/consistency.hpp>
#include <coodie/error.hpp>
#include <coodie/host.hpp>
#include <utility>
#include <variant>

namespace coodie {

/// A request as an observer sees it: nothing that was bound. Views are valid during the call.
struct ObservedRequest
{
    std::string_view operation = {}; ///< "SELECT", "INSERT": the first word of the CQL; "BATCH", "PREPARE"
    std::string_view statement = {}; ///< its CQL, with markers where values are bound; empty for a batch
    bool has_markers = false;        ///< false: what the statement says of values stands in it as literals
    std::size_t batch_size = 0;      ///< statements of a batch
    std::string_view keyspace = {};  ///< of the statement's table if that is known, else the session's
    std::string_view table = {};     ///< known of prepared statements with values, once they are prepared
    Consistency consistency = Consistency::local_one;
    std::int32_t page_size = 0; ///< rows; 0: batches have none
    bool idempotent = false;
    unsigned attempts = 0;                 ///< begun so far
    unsigned speculative_executions = 0;   ///< of these, the ones beside another that was not answered yet
    std::shared_ptr<const Host> host = {}; ///< who answered, or was asked last; null: nobody yet
};

/// One try of a request on one host.
struct ObservedAttempt
{
    std::shared_ptr<const Host> host;
    unsigned number = 0; ///< among the request's attempts, from 0
    bool is_speculative = false;
};

/// What an observer keeps of one request: a span, in the words of OpenTelemetry. It is destroyed after `ended`; alone
/// where the context that the session lives on is destroyed before.
/// Threads: called on the request's loop, one call at a time.
class COODIE_API RequestSpan
{
public:
    virtual ~RequestSpan();

    virtual void attempt_started(const ObservedAttempt& /*attempt*/) {}
    /// `error`: none if the host answered what was asked for.
    virtual void attempt_ended(const ObservedAttempt& /*attempt*/, const Error& /*error*/) {}
    /// Before the caller hears of it. `error`: what the caller will get.
    virtual void ended(const ObservedRequest& /*request*/, const Error& /*error*/) {}
};

/// Observes the requests of a session. What it throws is told to whoever runs the loop, and changes nothing else.
class COODIE_API RequestObserver
{
public:
    virtual ~RequestObserver();

    /// A request begins. Null: nobody wants to hear more of it, and it costs nothing more.
    /// Threads: called on the thread that asks, so that a tracer finds its context there; several at once.
    virtual std::unique_ptr<RequestSpan> started(const ObservedRequest& request) = 0;
};

/// Name and value of an attribute, as OpenTelemetry's semantic conventions for Cassandra have them.
using OtelAttribute = std::pair<std::string_view, std::variant<bool, std::int64_t, std::string>>;

/// `db.system.name`, `db.operation.name`, `db.operation.batch.size`, `db.namespace`, `db.collection.name`,
/// `cassandra.consistency.level`, `cassandra.page.size`, `cassandra.query.idempotent`,
/// `cassandra.speculative_execution.count`, and those of the host and the error. `db.query.text` only where values are
/// bound: in others they stand as literals.
COODIE_API std::vector<OtelAttribute> otel_attributes(const ObservedRequest& request, const Error& error = {});
/// `db.system.name`, `server.address`, `server.port`, `cassandra.coordinator.dc`, `cassandra.coordinator.id`; of an
/// error `error.type` and, if a server told it, `db.response.status_code`.
COODIE_API std::vector<OtelAttribute> otel_attributes(const ObservedAttempt& attempt, const Error& error = {});

}
