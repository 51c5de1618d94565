#include <algorithm>
#include <lib/testing/frames.hpp>
#include <lib/testing/model.hpp>
#include <protocol/body_prefix.hpp>
#include <protocol/frame.hpp>
#include <protocol/result.hpp>

namespace coodie::testing {
namespace {

using protocol::flag::compression;

std::vector<std::byte> rows_body(const Rows& rows, const Wishes& wishes)
{
    protocol::RowsResult result{
        .metadata = metadata_of(rows.metadata()), .content = rows.content(), .rows = rows.size()};
    auto& metadata = result.metadata;
    if (rows.has_more_pages()) {
        metadata.flags |= protocol::metadata_flag::has_more_pages;
        metadata.paging_state = rows.paging_state();
    }
    const auto id = metadata_id_of(rows.metadata());
    const bool changed = wishes.metadata_id && *wishes.metadata_id != id;
    if (changed) {
        metadata.flags |= protocol::metadata_flag::metadata_changed;
        metadata.new_metadata_id = id;
    } else if (wishes.skip_metadata) {
        metadata.flags =
            (metadata.flags & ~protocol::metadata_flag::global_table) | protocol::metadata_flag::no_metadata;
        metadata.columns = nullptr;
    }
    return answer_with(protocol::ResultResponse{std::move(result)}).body;
}

protocol::BodyPrefix prefix_of(const Answer& answer)
{
    protocol::BodyPrefix prefix{.tracing_id = answer.tracing_id};
    if (!answer.warnings.empty())
        prefix.warnings.emplace(answer.warnings.begin(), answer.warnings.end());
    if (!answer.custom_payload.empty())
        prefix.custom_payload = protocol::bytes_map_of(answer.custom_payload);
    return prefix;
}

std::vector<std::byte> framed(protocol::FrameHeader header, std::vector<std::byte> body,
                              std::optional<protocol::CompressionAlgorithm> algorithm)
{
    if (algorithm && !body.empty()) {
        body = protocol::compress(*algorithm, body).value();
        header.flags |= compression;
    }
    header.length = static_cast<std::int32_t>(body.size());
    std::vector<std::byte> frame(protocol::header_size + body.size());
    std::ranges::copy(body, protocol::store_header(frame.data(), header));
    return frame;
}

bool share_a_table(const std::vector<ColumnSpec>& columns)
{
    return std::all_of(columns.begin(), columns.end(), [&](const ColumnSpec& column) {
        return column.keyspace == columns.front().keyspace && column.table == columns.front().table;
    });
}

void spoil(std::vector<std::byte>& frame, const Delivery& delivery)
{
    if (frame.size() >= protocol::header_size) {
        auto header = protocol::parse_header(std::span{frame}.first<protocol::header_size>());
        header.stream = delivery.stream.value_or(header.stream);
        header.length = delivery.claimed_length.value_or(header.length);
        header.version = delivery.version.value_or(header.version);
        protocol::store_header(frame.data(), header);
    }
    if (delivery.corrupted && protocol::header_size + *delivery.corrupted < frame.size())
        frame[protocol::header_size + *delivery.corrupted] ^= std::byte{0xFF};
    if (delivery.cut_after && *delivery.cut_after < frame.size())
        frame.resize(*delivery.cut_after);
}

std::size_t offset_in(std::span<const std::byte> paging_state, std::size_t rows)
{
    if (paging_state.size() != 8)
        return 0;
    return std::min(rows, static_cast<std::size_t>(detail::load_integer<std::uint64_t>(paging_state.data())));
}

const std::byte* start_of_row(const Rows& rows, std::size_t row)
{
    return row == rows.size() ? rows.content().data() + rows.content().size() : rows[row].cells();
}

}

protocol::RowsMetadata metadata_of(const ResultMetadata& columns)
{
    protocol::RowsMetadata metadata{.columns_count = columns.columns.size(),
                                    .columns = std::make_shared<ResultMetadata>(columns)};
    if (!columns.columns.empty() && share_a_table(columns.columns))
        metadata.flags = protocol::metadata_flag::global_table;
    if (columns.columns.empty()) {
        metadata.flags = protocol::metadata_flag::no_metadata;
        metadata.columns = nullptr;
    }
    return metadata;
}

std::vector<std::byte> metadata_id_of(const ResultMetadata& columns)
{
    std::string text;
    for (const auto& column : columns.columns)
        text += column.keyspace + '.' + column.table + '.' + column.name + ' ' + column.type.to_string() + ';';
    return digest_of(text);
}

std::vector<std::byte> frame_of(const Answer& answer, const Wishes& wishes)
{
    const auto prefix = prefix_of(answer);
    std::vector<std::byte> body(prefix.encoded_size());
    protocol::Writer out{body};
    prefix.encode(out);
    const auto content = answer.rows ? rows_body(*answer.rows, wishes) : answer.body;
    body.insert(body.end(), content.begin(), content.end());
    return framed({protocol::response_version, prefix.flags(), wishes.stream, answer.opcode}, std::move(body),
                  wishes.compression);
}

std::vector<std::byte> event_frame(std::span<const std::byte> body,
                                   std::optional<protocol::CompressionAlgorithm> algorithm)
{
    return framed({protocol::response_version, 0, -1, Opcode::event}, {body.begin(), body.end()}, algorithm);
}

std::vector<Piece> pieces_of(std::vector<std::byte> frame, const Delivery& delivery)
{
    spoil(frame, delivery);
    if (delivery.piece_size == 0)
        return {{std::move(frame)}};
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < frame.size(); at += delivery.piece_size) {
        const auto part = std::span{frame}.subspan(at, std::min(delivery.piece_size, frame.size() - at));
        pieces.push_back({{part.begin(), part.end()}, at == 0 ? std::chrono::microseconds{0} : delivery.pause});
    }
    return pieces;
}

Answer page_of(const Answer& answer, std::optional<std::int32_t> page_size, std::span<const std::byte> paging_state)
{
    if (!answer.rows || answer.rows->has_more_pages() || (!page_size && paging_state.empty()))
        return answer;
    const auto& rows = *answer.rows;
    const auto first = offset_in(paging_state, rows.size());
    const auto wanted = page_size && *page_size > 0 ? static_cast<std::size_t>(*page_size) : rows.size();
    const auto last = std::min(rows.size(), first + wanted);
    auto extras = std::make_unique<ResponseExtras>();
    if (last != rows.size()) {
        extras->paging_state.resize(8);
        detail::store_integer(extras->paging_state.data(), static_cast<std::uint64_t>(last));
    }
    auto page = answer;
    page.rows = std::make_shared<const Rows>(Rows::copy_of(std::make_shared<ResultMetadata>(rows.metadata()),
                                                           {start_of_row(rows, first), start_of_row(rows, last)},
                                                           last - first, std::move(extras)));
    return page;
}

}
