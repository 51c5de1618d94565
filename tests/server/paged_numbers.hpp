#pragma once

#include "cluster_session.hpp"

#include <coodie/pages.hpp>

constexpr auto numbers = "SELECT id FROM numbers";

/// A cluster of one node with a table of rows, and a session that reads it in pages of ten.
struct PagedNumbers
{
    coodie::testing::FakeCluster cluster;
    coodie::Session session;

    explicit PagedNumbers(int rows_there = 95)
    {
        std::vector<coodie::testing::RowOfValues> content;
        for (int id = 0; id != rows_there; ++id)
            content.push_back(coodie::testing::row(id));
        const auto columns = std::vector<coodie::ColumnSpec>{coodie::testing::column("id", "int")};
        cluster.prime(numbers, coodie::testing::rows(columns, content));
        auto options = options_for(cluster);
        options.page_size = 10;
        session = coodie::Session::connect(options);
    }
    std::size_t asked() const
    {
        return cluster.count(coodie::testing::requests(coodie::Opcode::query).containing("numbers"));
    }
    bool is_asked(std::size_t times) const
    {
        return cluster.await(coodie::testing::requests(coodie::Opcode::query).containing("numbers"), times);
    }
};
