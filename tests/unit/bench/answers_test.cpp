#include "bench/responder/answers.hpp"
#include "bench/responder/body.hpp"
#include "bench/table.hpp"

#include <doctest/doctest.h>
#include <set>

namespace bench {
namespace {

TEST_CASE("the select of one row is answered with that row, with and without its metadata")
{
    Answers answers;
    const auto& answer = answers.to(select_text);
    Body row;
    row.int_(1).int_(16).long_(selected.id_high).long_(id_low);
    row.int_(18).raw(selected.name).int_(21).raw(selected.email);
    row.int_(8).long_(static_cast<std::uint64_t>(selected.age)).int_(8).double_(selected.score);

    Body bare;
    bare.int_(2).int_(4).int_(5).raw(row.bytes());
    CHECK(answer.without_metadata == frame(Opcode::result, bare));

    Body described;
    described.int_(2).int_(1).int_(5).string("bench").string("users").string("id").short_(0x0C).string("name").short_(
        0x0D);
    described.string("email").short_(0x0D).string("age").short_(0x02).string("score").short_(0x07).raw(row.bytes());
    CHECK(answer.with_metadata == frame(Opcode::result, described));
}

TEST_CASE("a prepared insert names its markers and the one that is the partition key")
{
    Answers answers;
    Body expected;
    expected.int_(4).short_(16).int_(0).int_(0).long_(0);
    expected.int_(1).int_(5).int_(1).short_(0).string("bench").string("users");
    expected.string("id").short_(0x0C).string("name").short_(0x0D).string("email").short_(0x0D);
    expected.string("age").short_(0x02).string("score").short_(0x07).int_(4).int_(0);
    CHECK(answers.to(insert_text).prepared == frame(Opcode::result, expected));
}

TEST_CASE("a page has all its rows")
{
    Answers answers;
    const auto& page = answers.to(page_text).without_metadata;
    const auto row_size = 5 * 4 + 16 + user(0).name.size() + user(0).email.size() + 8 + 8;
    CHECK(page.size() == header_size + 4 * 4 + rows_in_page * row_size);
}

TEST_CASE("an id is known once its statement was prepared, and only then")
{
    Answers answers;
    CHECK(answers.prepared(0) == nullptr);
    answers.to(page_text);
    CHECK(answers.prepared(0) != nullptr);
    CHECK(answers.prepared(1) == nullptr);
}

TEST_CASE("a table that nobody knows is empty")
{
    Answers answers;
    Body expected;
    expected.int_(2).int_(1).int_(1).string("system_schema").string("views").string("id").short_(0x0D).int_(0);
    CHECK(answers.to("SELECT id FROM system_schema.views").with_metadata == frame(Opcode::result, expected));
}

TEST_CASE("each node of a cluster shows the others as its peers, and a third of the ring as its own")
{
    std::set<std::string> tokens;
    for (std::size_t node = 0; node < 3; ++node) {
        const Catalog catalog({node, 3, 9042});
        for (const auto* name : {"peers", "peers_v2"})
            CHECK(catalog.find("system", name).rows.size() == 2);
        const auto& local = catalog.find("system", "local");
        tokens.insert(*local.rows.at(0).at(local.position("tokens")));
        CHECK(*local.rows.at(0).at(local.position("rpc_address")) == std::string("\x7F\0\0", 3) + "\1\2\3"[node]);
    }
    CHECK(tokens.size() == 3);
    CHECK(Catalog({}).find("system", "peers").rows.empty());
}

}
}
