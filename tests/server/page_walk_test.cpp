#include "cluster_session.hpp"

#include <coodie/coodie.hpp>
#include <coodie/cql_driver.hpp>
#include <doctest/doctest.h>
#include <set>

// Answers of many pages, some of which are lost on their way.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

struct Number
{
    std::int32_t n = 0;
    using Schema = Table<"numbers", Field<&Number::n, PrimaryKey{}>>;
};

constexpr int count = 2'000;

Rows numbers()
{
    std::vector<RowOfValues> content;
    for (std::int32_t n = 0; n < count; ++n)
        content.push_back(row(n));
    return rows({"n"}, content);
}

}

TEST_CASE("sc-55: a walk through pages of one row survives lost pages, and asks for each as it asked for the first")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = options_for(cluster);
    options.keyspace = "ks";
    auto session = Session::connect(options);
    REQUIRE(reaches(session, cluster, 1));
    CqlDriver driver{session};
    const Collection<Number> collection{driver};
    CHECK(collection.find().all().empty());
    const auto prepared = cluster.recorded(requests(Opcode::prepare)).at(0);
    cluster.prime(prepared.cql.at(0), numbers());
    for (std::size_t node = 0; node != 2; ++node)
        cluster.forget_prepared(node);
    cluster.forget_requests();
    cluster.on(Opcode::execute).after(0us, 300us);
    cluster.on(Opcode::execute).every(500).close();
    const auto walked = collection.find().page_size(1).consistency(Consistency::quorum).all();
    REQUIRE(walked.size() == count);
    for (std::int32_t n = 0; n < count; ++n)
        REQUIRE(walked[static_cast<std::size_t>(n)].n == n);
    std::multiset<std::vector<std::byte>> states;
    for (const auto& request : cluster.recorded(requests(Opcode::execute))) {
        CHECK(request.page_size == 1);
        CHECK(request.consistency == Consistency::quorum);
        states.insert(request.paging_state);
    }
    const std::set<std::vector<std::byte>> different{states.begin(), states.end()};
    CHECK(different.size() == count);
    CHECK(states.size() > different.size()); // lost ones were asked for again, by the same state
}
