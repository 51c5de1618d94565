#pragma once

#include <coodie/driver.hpp>
#include <coodie/init.hpp>

namespace coodie {

/// Connects when it is asked for something the first time, with every option that it was given. What is asked meanwhile
/// waits and is sent in its order, at most `max_queued` of it; the time that it has passes meanwhile. It ends with the
/// error if connecting fails, and what is asked after that connects anew. Closed before anything was asked, it has sent
/// nothing.
/// Threads: as AbstractDriver. Handlers of what was never sent may be called by who cancels, closes or asks too much;
/// what they throw leaves run() of the first of `loops`, or ends the process where the loops are the library's.
class COODIE_API LazyDriver final : public AbstractDriver
{
public:
    /// Errors: ConfigurationError for options that cannot go together, and for a session, which is connected already.
    explicit LazyDriver(InitOptions options);
    ~LazyDriver() override;
    LazyDriver(const LazyDriver&) = delete;
    LazyDriver& operator=(const LazyDriver&) = delete;

    bool is_connected() const noexcept;

private:
    Loop do_loop() const override;
    void do_execute(Statement statement, RowsHandler handler) override;
    void do_execute_batch(Batch batch, RowsHandler handler) override;
    void do_close(AnyHandler<void(std::exception_ptr)> handler) override;
    std::string do_keyspace() const override;

    class State;
    std::shared_ptr<State> state_;
};

}
