#include "numbered.hpp"
#include <coodie/testing/rows.hpp>
#include <doctest/doctest.h>
#include <lib/metadata/schema_agreement.hpp>

using namespace coodie;
using namespace coodie::metadata;
using namespace std::chrono_literals;
using coodie::testing::row;
using Verdict = SchemaAgreement::Verdict;

namespace {

const SchemaAgreement::Time beginning{};

struct Version
{
    int node;
    int version; ///< 0: null
};

Rows versions(const std::vector<Version>& nodes)
{
    std::vector<testing::RowOfValues> content;
    for (const auto& [node, version] : nodes)
        content.push_back(row(numbered(node), version == 0 ? std::nullopt : std::optional{numbered(version)}));
    if (content.empty())
        return testing::no_rows<Uuid, Uuid>({"host_id", "schema_version"});
    return testing::rows({"host_id", "schema_version"}, content);
}

bool node_3_is_down(const Uuid& host_id)
{
    return host_id == numbered(3);
}

}

TEST_CASE("sc-53 a schema is agreed when every node that is up has the same version")
{
    struct Example
    {
        const char* name;
        std::vector<Version> local;
        std::vector<Version> peers;
        std::optional<int> coordinator;
        bool agreed;
    };
    const Example examples[] = {
        {"alone", {{1, 7}}, {}, {}, true},
        {"all the same", {{1, 7}}, {{2, 7}, {4, 7}}, {}, true},
        {"one differs", {{1, 7}}, {{2, 7}, {4, 8}}, {}, false},
        {"one that is down differs", {{1, 7}}, {{2, 7}, {3, 8}}, {}, true},
        {"a peer that says nothing", {{1, 7}}, {{2, 0}, {4, 7}}, {}, true},
        {"the asked node says nothing", {{1, 0}}, {{2, 7}}, {}, false},
        {"the asked node has no row", {}, {{2, 7}}, {}, false},
        {"the coordinator agrees", {{1, 7}}, {{2, 7}}, 2, true},
        {"the coordinator was asked", {{1, 7}}, {{2, 7}}, 1, true},
        {"the coordinator differs and is thought down", {{1, 7}}, {{3, 8}}, 3, false},
        {"the coordinator is thought down and agrees", {{1, 7}}, {{3, 7}}, 3, true},
        {"the coordinator says nothing", {{1, 7}}, {{2, 0}}, 2, false},
        {"the coordinator is not there", {{1, 7}}, {{2, 7}}, 5, false},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto coordinator = example.coordinator ? std::optional{numbered(*example.coordinator)} : std::nullopt;
        SchemaAgreement agreement{{.coordinator = coordinator}, beginning};
        const auto verdict =
            agreement.decide(versions(example.local), versions(example.peers), node_3_is_down, beginning + 1ms);
        CHECK(verdict == (example.agreed ? Verdict::agreed : Verdict::again));
    }
}

TEST_CASE("cpp-42 agreement is asked for every 200 ms, until the wait is over")
{
    SchemaAgreement agreement{{.max_wait = 500ms}, beginning};
    const auto decide = [&](SchemaAgreement::Time now) {
        return agreement.decide(versions({{1, 7}}), versions({{2, 8}}), node_3_is_down, now);
    };
    CHECK(agreement.next() == beginning);
    CHECK(decide(beginning + 10ms) == Verdict::again);
    CHECK(agreement.next() == beginning + 210ms);
    CHECK(agreement.failed(beginning + 250ms) == Verdict::again);
    CHECK(agreement.next() == beginning + 450ms);
    CHECK(decide(beginning + 460ms) == Verdict::again);
    CHECK(agreement.next() == beginning + 500ms);
    CHECK(decide(beginning + 500ms) == Verdict::gave_up);
    CHECK(agreement.failed(beginning + 501ms) == Verdict::gave_up);
}

TEST_CASE("an answer that comes late and agrees, agrees")
{
    SchemaAgreement agreement{{.max_wait = 500ms}, beginning};
    CHECK(agreement.decide(versions({{1, 7}}), versions({}), node_3_is_down, beginning + 1h) == Verdict::agreed);
}

TEST_CASE("without patience there is one question")
{
    SchemaAgreement agreement{{.max_wait = 0ms}, beginning};
    CHECK(agreement.decide(versions({{1, 7}}), versions({{2, 8}}), node_3_is_down, beginning) == Verdict::gave_up);
}

TEST_CASE("sc-53 what the coordinator says of itself counts, not what others have heard of it")
{
    SchemaAgreement agreement{{.coordinator = numbered(2)}, beginning};
    const auto decide = [&](const std::optional<Uuid>& own) {
        return agreement.decide(versions({{1, 7}}), versions({{2, 7}}), node_3_is_down, beginning, own);
    };
    CHECK(decide(numbered(8)) == Verdict::again);
    CHECK(decide(numbered(7)) == Verdict::agreed);
    CHECK(decide({}) == Verdict::agreed);
}
