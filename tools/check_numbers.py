#!/usr/bin/env python3
"""Checks that every numbered behaviour (cpp-01 to cpp-70) and scenario (sc-01 to sc-60) is proved: it stands in the name of a test,
or in the table of tests/README.md that says why it has none.

usage: tools/check_numbers.py [FOLDER]    (this source tree, unless another is named)
"""

import re
import sys
from collections import Counter
from pathlib import Path

from check_layers import files_of

SERIES = {"cpp": 70, "sc": 60}
TABLE = "Numbers that have no test"
NUMBER = re.compile(r"\b(cpp|sc)-0*(\d+)\b")
# A name may be cut into several literals.
NAME = re.compile(r'\bTEST_CASE(?:_\w+)?\(\s*((?:"(?:\\.|[^"\\\n])*"\s*)+)')


def numbers_in(text):
    return [(series, int(number)) for series, number in NUMBER.findall(text)]


def in_names(text):
    """Each number once for each test that has it in its name."""
    return [number for name in NAME.findall(text) for number in set(numbers_in(name))]


def with_reasons(readme):
    """The numbers in the first column of the table's rows, and of those the ones whose second column is empty."""
    section = readme.partition(f"## {TABLE}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
    known = [number for row in rows for number in numbers_in(row[0])]
    silent = [number for row in rows if len(row) < 2 or not row[1] for number in numbers_in(row[0])]
    return known, silent


def name_of(number):
    return f"{number[0]}-{number[1]:02}"


def problem_with(number, proofs, reasons):
    if number[1] not in range(1, SERIES[number[0]] + 1):
        return f"is no number: {number[0]} ends at {SERIES[number[0]]}"
    if number in reasons and number in proofs:
        return f"has a test and a line in \"{TABLE}\""
    if number not in reasons and number not in proofs:
        return f"stands in no test's name, and in no line of tests/README.md, \"{TABLE}\""
    return None


def check(root):
    """All problems as (number, sentence), and how many numbers were looked at."""
    texts = [(root / path).read_text(errors="replace") for path in files_of(root) if path.startswith("tests/") and path.endswith(".cpp")]
    proofs = Counter(number for text in texts for number in in_names(text))
    readme = root / "tests" / "README.md"
    reasons, silent = with_reasons(readme.read_text() if readme.exists() else "")
    wanted = {(series, number) for series, last in SERIES.items() for number in range(1, last + 1)} | set(proofs) | set(reasons)
    found = [(number, problem) for number in sorted(wanted) if (problem := problem_with(number, proofs, reasons))]
    found += [(number, "has a line without a reason") for number in silent]
    return found, len(wanted)


def main():
    if len(sys.argv) > 1 and sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip())
        return 0
    problems, count = check(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve())
    for number, sentence in problems:
        print(f"{name_of(number)} {sentence}")
    bad = len({number for number, _ in problems})
    print(f"{count - bad} passed, {bad} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
