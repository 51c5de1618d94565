#include "lib/cluster/readings.hpp"

namespace coodie::detail {

namespace {

/// A few questions at a time, in their order.
struct SchemaReading : std::enable_shared_from_this<SchemaReading>
{
    static constexpr std::size_t at_once = 8;

    SchemaReading(std::shared_ptr<ControlLine> on, metadata::SchemaRefresh what, std::int32_t size, SchemaRead told)
        : line{std::move(on)}, refresh{std::move(what)}, page_size{size}, done{std::move(told)}
    {
    }
    void go_on()
    {
        while (done && next != refresh.queries().size() && under_way != at_once)
            ask(next++);
        if (done && under_way == 0)
            std::exchange(done, nullptr)({}, refresh.finish());
    }

private:
    void ask(std::size_t query)
    {
        ++under_way;
        line->ask(refresh.queries()[query].statement(), page_size,
                  [self = shared_from_this(), query](const Error& error, std::vector<Rows> pages) {
                      self->answered(query, error, std::move(pages));
                  });
    }
    void answered(std::size_t query, const Error& error, std::vector<Rows> pages)
    {
        --under_way;
        if (!done)
            return;
        const auto is_missing = error && refresh.queries()[query].optional && error.code() == errc::invalid_request;
        if (error && !is_missing)
            return std::exchange(done, nullptr)(error, {});
        for (auto& page : pages)
            refresh.answer(query, std::move(page));
        go_on();
    }

    const std::shared_ptr<ControlLine> line;
    metadata::SchemaRefresh refresh;
    const std::int32_t page_size;
    SchemaRead done;
    std::size_t next = 0;
    std::size_t under_way = 0;
};

}

void read_schema(const std::shared_ptr<ControlLine>& line, metadata::SchemaRefresh refresh, std::int32_t page_size,
                 SchemaRead done)
{
    std::make_shared<SchemaReading>(line, std::move(refresh), page_size, std::move(done))->go_on();
}

}
