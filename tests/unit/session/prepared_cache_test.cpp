#include "lib/session/prepared_cache.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

namespace {

struct Cache
{
    Counter waiting;
    PreparedCache cache;

    explicit Cache(std::size_t capacity) : cache{capacity, waiting} {}
    PreparedCache::Entry& prepare(std::string_view text)
    {
        auto& entry = cache.add(text);
        entry.is_pending = false;
        return entry;
    }
    std::vector<std::string> newest_first()
    {
        std::vector<std::string> texts;
        cache.for_each([&](const auto& entry) { texts.push_back(entry.text); });
        return texts;
    }
};

using Texts = std::vector<std::string>;

}

TEST_CASE("a full cache forgets what was used least recently")
{
    Cache c{3};
    for (const auto* text : {"a", "b", "c"})
        c.prepare(text);
    CHECK(c.cache.find("a", false));
    c.prepare("d");
    CHECK(c.newest_first() == Texts{"d", "a", "c"});
    CHECK_FALSE(c.cache.find("b", false));
    c.prepare("e");
    CHECK(c.newest_first() == Texts{"e", "d", "a"});
    CHECK(c.cache.size() == 3);
}

TEST_CASE("what somebody waits for is not forgotten, however full the cache is")
{
    Cache c{2};
    auto& first = c.cache.add("first");
    auto& second = c.cache.add("second");
    c.prepare("third");
    CHECK(c.newest_first() == Texts{"third", "second", "first"});
    c.cache.add("fourth");
    CHECK(c.newest_first() == Texts{"fourth", "second", "first"});
    first.is_pending = second.is_pending = false;
    c.cache.add("fifth");
    CHECK(c.newest_first() == Texts{"fifth", "fourth"});
}

TEST_CASE("one text is one entry, whose waiting requests are counted and keep their order")
{
    Cache c{8};
    auto& entry = c.cache.add("text");
    Request requests[3];
    for (auto& request : requests) {
        auto* found = c.cache.find(std::string{"text"}, false);
        REQUIRE(found == &entry);
        found->waiting.push_back(request);
    }
    CHECK(c.waiting.value() == 3);
    entry.waiting.remove(requests[1]);
    CHECK(entry.waiting.pop_front() == &requests[0]);
    CHECK(entry.waiting.pop_front() == &requests[2]);
    CHECK(entry.waiting.pop_front() == nullptr);
    CHECK(c.waiting.value() == 0);
}

TEST_CASE("constant texts are found by address, and by their letters when they come from elsewhere")
{
    static const char text[] = "SELECT";
    static const char same[] = "SELECT";
    Cache c{8};
    auto& entry = c.prepare(text);
    for (int n = 0; n < 2; ++n) {
        CHECK(c.cache.find(text, true) == &entry);
        CHECK(c.cache.find(same, true) == &entry);
    }
    CHECK_FALSE(c.cache.find({text, 3}, true));
}

TEST_CASE("an address is no hint any more once its entry is gone")
{
    static const char text[] = "SELECT";
    Cache c{1};
    c.prepare(text);
    CHECK(c.cache.find(text, true));
    c.prepare("another");
    CHECK_FALSE(c.cache.find(text, true));
    auto& again = c.prepare(text);
    CHECK(c.cache.find(text, true) == &again);
    c.cache.remove(again);
    CHECK_FALSE(c.cache.find(text, true));
    CHECK(c.cache.size() == 0);
}

TEST_CASE("clearing keeps what is pending")
{
    Cache c{8};
    c.prepare("a");
    c.cache.add("b");
    c.prepare("c");
    c.cache.clear();
    CHECK(c.newest_first() == Texts{"b"});
}
