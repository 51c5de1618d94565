"""Does the check find every spelling that g++ 12 compiles wrongly, and leave the safe ones alone?"""

import unittest

from counted import main
import check_await

SAFE = [
    "co_await timer.async_wait(use_awaitable);",
    "const auto rows = co_await session.async_execute(query, use_awaitable);",
    "const std::vector<User> users = co_await query.async_all(asio::use_awaitable);",
    "auto [first, second] = co_await both(x);",
    "result_ = co_await next();",
    "this->rows[3] = co_await next();",
    "co_return co_await next();",
    "return co_await next();",
    "(void)co_await next();",
    "if (ready) co_await next();",
    "if (ready) { co_await next(); }",
    "else if (ready(x)) co_await next();",
    "for (;;) { const auto n = co_await next(); use(n); }",
    "const User ann{.id = 1}; co_await save(ann, token);",
    "if (x) { a(); } co_await next();",
    "co_spawn(loop, [&]() -> asio::awaitable<void> { co_await next(); }, detached);",
    "auto run = [&]() -> asio::awaitable<void> { const auto a = co_await next(); CHECK(a == 1); };",
    "co_await asio::async_write(socket_, buffer, asio::redirect_error(asio::use_awaitable, ec));",
    "// if (co_await f(User{1}))\nco_await next();",
    'log("co_await f({1})"); co_await next();',
    "auto operator co_await() { return awaiter{1}; }",
    "switch (x) { case 1: { co_await next(); break; } }",
    "try { co_await next(); } catch (const std::exception& e) { use(e); }",
    "do { co_await next(); } while (more);",
    "struct A { int x; }; awaitable<void> f() { co_await next(); }",
]

WRONG = [
    ("if (co_await ready()) use();", "condition"),
    ("if ((co_await s.execute(insert(User{.id = 1}))).empty()) use();", "condition"),
    ("while (const auto n = co_await next()) use(n);", "condition"),
    ("for (const auto& row : co_await rows()) use(row);", "condition"),
    ("switch (co_await next()) { case 1: use(); }", "condition"),
    ("co_await save(User{.id = 1}, token);", "braces"),
    ("co_await save(user, {.ttl = 1h}, token);", "braces"),
    ("const User u{co_await next()};", "braces"),
    ("use({co_await next(), 1});", "braces"),
    ("return User{co_await next()};", "braces"),
    ("const auto a = co_await save(Options{}, token);", "braces"),
    ("co_await each([&](int n) { use(n); });", "braces"),
    ("co_await each(\n    user,\n    {1, 2});", "braces"),
    ("(co_await rows()).size();", "larger"),
    ("use(co_await next());", "larger"),
    ("CHECK(co_await next() == 1);", "larger"),
    ("const auto n = 1 + co_await next();", "larger"),
    ("const auto n = co_await a() + co_await b();", "larger"),
    ("auto run = [&]() -> awaitable<void> { co_await save(User{1}); };", "braces"),
]


def problems_in(statement):
    return check_await.check_text(f"awaitable<void> f()\n{{\n{statement}\nend();\n}}\n")


class Await(unittest.TestCase):
    def test_safe_spellings_are_left_alone(self):
        for statement in SAFE:
            with self.subTest(statement):
                self.assertEqual(problems_in(statement), [])

    def test_wrong_spellings_are_found_and_explained(self):
        for statement, word in WRONG:
            with self.subTest(statement):
                problems = problems_in(statement)
                self.assertTrue(problems)
                self.assertIn(word, problems[0][1])

    def test_the_line_is_the_one_of_the_await(self):
        self.assertEqual([line for line, _ in problems_in("a();\nuse(co_await next());")], [4])


if __name__ == "__main__":
    main()
