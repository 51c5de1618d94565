#pragma once

#include <coodie/testing/rule.hpp>
#include <optional>
#include <protocol/compression.hpp>
#include <protocol/result_metadata.hpp>

namespace coodie::testing {

/// A message as an answer.
template <class Message> Answer answer_with(const Message& message)
{
    Answer answer;
    answer.opcode = Message::code;
    answer.body.resize(message.encoded_size());
    protocol::Writer out{answer.body};
    message.encode(out);
    return answer;
}

/// What the client said that decides how an answer to it is written.
struct Wishes
{
    std::int16_t stream = 0;
    bool skip_metadata = false;
    std::optional<protocol::CompressionAlgorithm> compression = {};
    /// The id of the result's columns as the client knows it, where ids were agreed upon.
    std::optional<std::vector<std::byte>> metadata_id = {};
};

/// The columns with one keyspace and table for all, where they share them.
protocol::RowsMetadata metadata_of(const ResultMetadata& columns);
/// What Scylla calls the id of a result's metadata.
std::vector<std::byte> metadata_id_of(const ResultMetadata& columns);

std::vector<std::byte> frame_of(const Answer& answer, const Wishes& wishes);
std::vector<std::byte> event_frame(std::span<const std::byte> body,
                                   std::optional<protocol::CompressionAlgorithm> compression);

/// Bytes that go out together, some time after those before them.
struct Piece
{
    std::vector<std::byte> bytes;
    std::chrono::microseconds pause{0};
};
/// The frame as it shall travel, spoilt where that is wanted.
std::vector<Piece> pieces_of(std::vector<std::byte> frame, const Delivery& delivery);

/// The page that was asked for of an answer's rows. Other answers, and rows that are a page already, stay as they are.
Answer page_of(const Answer& answer, std::optional<std::int32_t> page_size, std::span<const std::byte> paging_state);

}
