#!/usr/bin/env python3
"""Finds co_await statements that g++ 12 compiles wrongly: it destroys aggregate temporaries and captured lambdas twice when they
share a statement with co_await, and can crash on a condition that holds one. Name the arguments first, then the result.

usage: tools/check_await.py [FILE...]    (all of this source tree, unless files are named)
"""

import re
import sys
from pathlib import Path

from check_layers import files_of

SOURCES = {".hpp", ".cpp", ".h", ".ipp"}
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<fence>[^(\s]*)\(.*?\)(?P=fence)"|"(?:\\.|[^"\\\n])*"|(?<![\w])\'(?:\\.|[^\'\\\n])\'', re.DOTALL)
AWAIT = re.compile(r"(?<!operator )\bco_await\b")
CONDITION = re.compile(r"^\s*(?:else\s+)?(?:if|while|switch|for)\b")
LAMBDA = re.compile(r"(?:^|[(,=]|&&|\|\||\breturn\b)\s*\[[^\[\]]*\]\s*[({<]")
# What may stand before co_await: a name for its result, or the return of it.
ALONE = re.compile(r"^\s*(?:\[\[[\w:]+\]\]\s*)?(?:(?:co_return|return)\s+|\(void\)\s*|[\w:<>,&*\s.\->\[\]]+?[^=!<>]=\s*)?$")
OPENING, CLOSING = "([{", ")]}"


def without_noise(text):
    """The same text, every comment and literal blanked out, so that positions and lines stay."""
    return NOISE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def closing_of(text, opening):
    """The position of the bracket that closes this one."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] in OPENING) - (text[place] in CLOSING)
        if depth == 0:
            return place
    return len(text)


def holds_statements(inside):
    """Braces that hold a semicolon of their own are a block; others are an initialiser."""
    depth = 0
    for sign in inside:
        depth += (sign in OPENING) - (sign in CLOSING)
        if sign == ";" and depth == 0:
            return True
    return False


def begin_of(text, place):
    """Where the statement around this place begins: after a semicolon, a block, or the block's own brace."""
    depth = 0
    while place > 0:
        place -= 1
        sign = text[place]
        if sign in CLOSING:
            if depth == 0 and sign == "}" and ends_block(text, place):
                return place + 1
            depth += 1
        elif sign in OPENING and depth > 0:
            depth -= 1
        elif sign == "{" and holds_statements(text[place + 1:closing_of(text, place)]):
            return place + 1
        elif sign == ";" and depth == 0:
            return place + 1
    return 0


def ends_block(text, closing):
    """After a block comes a new statement; after an initialiser the same one goes on."""
    rest = text[closing + 1:].lstrip()
    return bool(rest) and (rest[0] in "}{*_#" or rest[0].isalpha()) or rest.startswith("(co_await")


def end_of(text, place):
    depth = 0
    for position in range(place, len(text)):
        sign = text[position]
        depth += (sign in OPENING) - (sign in CLOSING)
        if depth < 0 and sign == "}" or sign == ";" and depth <= 0:
            return position
    return len(text)


def condition_end(statement):
    """Where the parenthesis of if, while, switch or for closes, or 0 for other statements."""
    if not CONDITION.match(statement):
        return 0
    opening = statement.find("(")
    return closing_of(statement, opening) if opening >= 0 else 0


def problem_in(text, place):
    begin, end = begin_of(text, place), end_of(text, place)
    statement = text[begin:end]
    offset = place - begin
    after_condition = condition_end(statement)
    if offset < after_condition:
        return "stands in a condition; name its result first"
    before, rest = statement[after_condition + 1 if after_condition else 0:offset], statement[offset:]
    if "{" in before + rest:
        return "shares its statement with braces; name what they make first"
    if LAMBDA.search(rest):
        return "shares its statement with a lambda; name it first"
    if not ALONE.match(before) or AWAIT.search(rest[len("co_await"):]):
        return "is part of a larger expression; name its result first"
    return None


def check_text(text):
    """All problems as (line, sentence)."""
    plain = without_noise(text)
    found = []
    for await_found in AWAIT.finditer(plain):
        if problem := problem_in(plain, await_found.start()):
            found.append((plain.count("\n", 0, await_found.start()) + 1, problem))
    return found


def main():
    if len(sys.argv) > 1 and sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip())
        return 0
    root = Path(__file__).resolve().parents[1]
    paths = [Path(name) for name in sys.argv[1:]] or [root / name for name in files_of(root) if Path(name).suffix in SOURCES]
    bad = 0
    for path in paths:
        problems = check_text(path.read_text(errors="replace"))
        bad += bool(problems)
        for line, problem in problems:
            print(f"{path}:{line}: co_await {problem}")
    print(f"{len(paths) - bad} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
