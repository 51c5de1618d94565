#include "lib/driver/chain.hpp"

namespace coodie::detail {

namespace {

/// Statements that were known from the start.
class Sequence : public Chain
{
public:
    Sequence(std::shared_ptr<AbstractDriver> driver, std::vector<Statement> statements, Handler handler)
        : Chain{std::move(driver), std::move(handler)}, statements_{std::move(statements)}
    {
    }

private:
    std::optional<Statement> next() override
    {
        if (next_ == statements_.size())
            return std::nullopt;
        return std::move(statements_[next_++]);
    }
    void answered(const Rows&) override {}
    std::string progress() const override
    {
        return std::to_string(next_) + " of " + std::to_string(statements_.size()) + " statements";
    }

    std::vector<Statement> statements_;
    std::size_t next_ = 0;
};

}

void DriverAccess::start_all(std::shared_ptr<AbstractDriver> driver, std::vector<Statement> statements,
                             AnyHandler<void(std::exception_ptr)> handler)
{
    std::make_shared<Sequence>(std::move(driver), std::move(statements), std::move(handler))->start();
}

}
