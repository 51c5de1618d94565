#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bench {

/// The one table of the benchmark: its columns, its statements and its values, for the responder and every client.
inline constexpr std::string_view bench_keyspace = "bench";
inline constexpr std::string_view bench_table = "users";

inline constexpr std::string_view insert_text =
    "INSERT INTO bench.users (id, name, email, age, score) VALUES (?, ?, ?, ?, ?)";
inline constexpr std::string_view select_text = "SELECT id, name, email, age, score FROM bench.users WHERE id = ?";
inline constexpr std::string_view page_text = "SELECT id, name, email, age, score FROM bench.users";

inline constexpr std::size_t rows_in_page = 5000;

/// The half of every id that does not change.
inline constexpr std::uint64_t id_low = 0x8B5A'1D3C'7E90'42F6;

struct User
{
    std::uint64_t id_high;
    std::string_view name = "Barbara McClintock";
    std::string_view email = "barbara@maize.example";
    std::int64_t age;
    double score;
};

/// The n-th user. Ids differ from request to request, so that routing has something to do.
constexpr User user(std::uint64_t n)
{
    const auto spread = n * 0x9E37'79B9'7F4A'7C15;
    return {.id_high = (spread & ~0xF000ULL) | 0x4000, .age = static_cast<std::int64_t>(n & 127), .score = 0.5};
}

/// The row that every select of one row is answered with.
inline constexpr User selected = user(42);

/// A checksum that needs every value of a row, so that no client can leave one unread.
class Fold
{
public:
    void add(std::uint64_t id_high, std::string_view name, std::string_view email, std::int64_t age, double score)
    {
        sum_ += id_high + name.size() + static_cast<unsigned char>(email.back()) + static_cast<std::uint64_t>(age) +
                std::bit_cast<std::uint64_t>(score);
    }
    void add(const User& u) { add(u.id_high, u.name, u.email, u.age, u.score); }
    void add(const Fold& other) { sum_ += other.sum_; }
    std::uint64_t sum() const { return sum_; }

private:
    std::uint64_t sum_ = 0;
};

}
