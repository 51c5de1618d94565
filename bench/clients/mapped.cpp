// coodie's documents: async save and get, and a page by find, on the one thread that runs the loop.
#include "../meter/client.hpp"
#include "coodie/statements.hpp"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <coodie/async.hpp>
#include <coodie/coodie.hpp>

namespace bench {
namespace {

/// The benchmark's table as a document.
struct Person
{
    coodie::Uuid id;
    std::string name;
    std::string email;
    std::int64_t age = 0;
    double score = 0;

    using Schema =
        coodie::Table<"users", coodie::Field<&Person::id, coodie::PrimaryKey{}>, coodie::Field<&Person::name>,
                      coodie::Field<&Person::email>, coodie::Field<&Person::age>, coodie::Field<&Person::score>>;
};

class Mapped : public Client
{
public:
    explicit Mapped(std::uint16_t port)
        : driver_(coodie::Session::connect({.hosts = {"127.0.0.1"},
                                            .port = port,
                                            .metadata = false,
                                            .keyspace = std::string(bench_keyspace),
                                            .loops = {coodie::loop_of(context_)}}))
    {
        person_.name = user(0).name;
        person_.email = user(0).email;
        person_.score = user(0).score;
    }

    void run(Kind kind, Window& window) override
    {
        kind_ = kind;
        window_ = &window;
        running_ = window.lanes().size();
        asio::post(context_, [this] {
            for (auto& lane : window_->lanes())
                send(lane);
        });
        while (running_ != 0)
            context_.run_one();
    }

private:
    void send(Lane& lane)
    {
        window_->sending(lane);
        switch (kind_) {
        case Kind::insert: return save(lane);
        case Kind::select: return get(lane);
        case Kind::page: return find(lane);
        }
    }

    void save(Lane& lane)
    {
        const auto u = user(lane.number);
        person_.id = uuid(u.id_high);
        person_.age = u.age;
        people_.async_save(person_, [this, &lane](std::exception_ptr error) { answered(lane, error); });
    }

    void get(Lane& lane)
    {
        people_.async_get(uuid(user(lane.number).id_high),
                          [this, &lane](std::exception_ptr error, const std::optional<Person>& person) {
                              if (person)
                                  fold(lane, *person);
                              answered(lane, error);
                          });
    }

    void find(Lane& lane)
    {
        people_.find().async_all([this, &lane](std::exception_ptr error, const std::vector<Person>& people) {
            for (const auto& person : people)
                fold(lane, person);
            answered(lane, error);
        });
    }

    static void fold(Lane& lane, const Person& p) { lane.fold.add(id_high(p.id), p.name, p.email, p.age, p.score); }

    void answered(Lane& lane, const std::exception_ptr& error)
    {
        if (error)
            std::rethrow_exception(error);
        if (window_->answered(lane))
            send(lane);
        else
            --running_;
    }

    asio::io_context context_{1};
    coodie::CqlDriver driver_;
    coodie::Collection<Person> people_{driver_};
    Person person_;
    Kind kind_{};
    Window* window_ = nullptr;
    std::size_t running_ = 0;
};

}
}

int main(int argc, char** argv)
{
    return bench::serve(argc, argv, [](std::uint16_t port) { return std::make_unique<bench::Mapped>(port); });
}
