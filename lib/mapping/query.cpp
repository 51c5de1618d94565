#include <coodie/mapping/query.hpp>

namespace coodie::detail {

namespace {

void refuse(errc code, std::string sentence)
{
    Error{code, std::move(sentence)}.raise();
}

}

Statement prepared(Statement::Constant text, bool idempotent)
{
    Statement made{text};
    made.kind(StatementKind::prepared);
    made.options().idempotent = idempotent;
    return made;
}

std::shared_ptr<AbstractDriver> DriverChoice::driver() const
{
    return named_ ? borrowed(*named_) : get_driver();
}

void QueryValues::bind(Statement& statement, std::span<const TypeOf> types, const cql::Shape& shape) const
{
    const auto idempotent = statement.options().idempotent;
    statement.options() = options;
    statement.options().idempotent = idempotent;
    if (!types.empty())
        statement.bind_encoded(conditions.bytes(), types);
    if (shape.per_partition_limit)
        statement.bind(per_partition_limit);
    if (shape.limit)
        statement.bind(limit);
}

std::int32_t checked_limit(std::int64_t limit)
{
    if (limit < 1 || limit > 0x7FFFFFFF)
        refuse(errc::invalid_query, "a limit is at least 1 and at most 2147483647, not " + std::to_string(limit));
    return static_cast<std::int32_t>(limit);
}

std::size_t take_count(void* count, const Rows& page)
{
    if (page.empty())
        return 0;
    *static_cast<Count*>(count) = page.front()[0].as<std::int64_t>();
    return 1;
}

std::int64_t must_count(const Count& count)
{
    if (!count)
        refuse(errc::protocol, "the answer to SELECT COUNT(*) has no row");
    return count.value_or(0);
}

std::int64_t read_count(AbstractDriver& driver, Statement statement)
{
    Count count;
    take_pages(driver, std::move(statement), {&take_count, &count, 1});
    return must_count(count);
}

}
