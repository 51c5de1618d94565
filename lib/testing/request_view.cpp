#include <algorithm>
#include <lib/testing/request_view.hpp>

namespace coodie::testing {
namespace {

constexpr std::size_t largest_body = 256U << 20U;

/// Copies what a request says to where tests read it.
class View
{
public:
    View(RecordedRequest& seen, const ModelNode& node) : seen_{seen}, node_{node} {}

    void operator()(const protocol::Startup& startup) const
    {
        for (const auto& [name, value] : startup.options)
            seen_.startup.emplace(name, value);
    }
    void operator()(const protocol::Options&) const {}
    void operator()(const protocol::AuthResponse&) const {}
    void operator()(const protocol::Register& message) const
    {
        seen_.event_types.assign(message.event_types.begin(), message.event_types.end());
    }
    void operator()(const protocol::Prepare& prepare) const { seen_.cql.emplace_back(prepare.cql); }
    void operator()(const protocol::Query& query) const
    {
        seen_.cql.emplace_back(query.cql);
        copy(query.parameters);
    }
    void operator()(const protocol::Execute& execute) const
    {
        copy_text_of(execute.id);
        copy(execute.parameters);
    }
    void operator()(const protocol::Batch& batch) const
    {
        for (const auto& statement : batch.statements) {
            if (const auto* text = std::get_if<std::string_view>(&statement.text_or_id))
                seen_.cql.emplace_back(*text);
            else
                copy_text_of(std::get<protocol::Bytes>(statement.text_or_id));
            copy(statement.values);
        }
        seen_.consistency = batch.consistency;
        seen_.serial_consistency = batch.serial_consistency;
        seen_.timestamp = batch.timestamp;
    }

private:
    void copy(const protocol::QueryParameters& parameters) const
    {
        seen_.consistency = parameters.consistency;
        seen_.serial_consistency = parameters.serial_consistency;
        seen_.page_size = parameters.page_size;
        seen_.timestamp = parameters.timestamp;
        if (parameters.paging_state)
            seen_.paging_state.assign(parameters.paging_state->begin(), parameters.paging_state->end());
        if (parameters.values)
            copy(*parameters.values);
    }
    void copy(const protocol::EncodedValues& values) const
    {
        for (const auto cell : cells_of(values))
            seen_.values.append({cell.data - 4, 4 + cell.bytes().size()}, 1);
    }
    void copy_text_of(protocol::Bytes id) const
    {
        const auto known = node_.prepared.find({id.begin(), id.end()});
        if (known != node_.prepared.end())
            seen_.cql.push_back(known->second.cql);
    }

    RecordedRequest& seen_;
    const ModelNode& node_;
};

Error unpack(Incoming& incoming, std::span<const std::byte> body, const Dialogue& dialogue)
{
    if ((incoming.header.flags & protocol::flag::compression) == 0) {
        incoming.seen.body.assign(body.begin(), body.end());
        return {};
    }
    if (!dialogue.compression)
        return {errc::protocol, "a compressed frame where no compression was agreed upon"};
    auto content = protocol::decompress(*dialogue.compression, body, largest_body);
    if (!content)
        return content.error();
    incoming.seen.body = *std::move(content);
    return {};
}

Error decode(Incoming& incoming, std::span<const std::byte> body, const Dialogue& dialogue)
{
    if (incoming.header.version != protocol::request_version)
        return {errc::protocol, "Invalid or unsupported protocol version (" +
                                    std::to_string(incoming.header.version & 0x7FU) +
                                    "); the lowest supported version is 4 and the greatest is 4"};
    if (auto error = unpack(incoming, body, dialogue))
        return error;
    auto decoded = protocol::decode_request(incoming.header, incoming.seen.body, dialogue.with_metadata_id);
    if (!decoded)
        return decoded.error();
    incoming.decoded = *std::move(decoded);
    return {};
}

}

std::vector<Cell> cells_of(const protocol::EncodedValues& values)
{
    protocol::Reader in{values.bytes};
    std::vector<Cell> cells;
    for (auto left = values.count; left != 0; --left) {
        if (values.named)
            (void)in.read_string();
        // A null has no bytes, and still a place.
        const auto* place = in.rest().data() + 4;
        cells.push_back({place, in.read_value().size});
    }
    return cells;
}

std::shared_ptr<const Incoming> read_request(std::span<const std::byte> frame, const Dialogue& dialogue,
                                             const Model& model)
{
    auto incoming = std::make_shared<Incoming>();
    auto& seen = incoming->seen;
    incoming->header = protocol::parse_header(frame.first<protocol::header_size>());
    seen.node = dialogue.node;
    seen.connection = dialogue.connection;
    seen.shard = dialogue.shard;
    seen.control = !dialogue.event_types.empty();
    seen.at = std::chrono::steady_clock::now();
    seen.frame.assign(frame.begin(), frame.end());
    seen.opcode = incoming->header.opcode;
    seen.stream = incoming->header.stream;
    seen.tracing = (incoming->header.flags & protocol::flag::tracing) != 0;
    seen.keyspace = dialogue.keyspace;
    if (const auto error = decode(*incoming, frame.subspan(protocol::header_size), dialogue))
        seen.problem = error.message();
    else
        std::visit(View{seen, model.nodes[dialogue.node]}, incoming->decoded->message);
    return incoming;
}

Wishes Incoming::wishes(const Dialogue& dialogue) const
{
    Wishes wishes{.stream = header.stream, .compression = dialogue.compression};
    if (!decoded)
        return wishes;
    if (const auto* query = std::get_if<protocol::Query>(&decoded->message))
        wishes.skip_metadata = query->parameters.skip_metadata;
    if (const auto* execute = std::get_if<protocol::Execute>(&decoded->message)) {
        wishes.skip_metadata = execute->parameters.skip_metadata;
        if (execute->result_metadata_id)
            wishes.metadata_id.emplace(execute->result_metadata_id->begin(), execute->result_metadata_id->end());
    }
    return wishes;
}

}
