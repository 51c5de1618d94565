"""Counts test cases in what the programs printed: one place that knows their formats."""

import json
import re
from dataclasses import dataclass

DOCTEST = re.compile(r"^\[doctest\] test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed(?: \|\s*(\d+) skipped)?", re.MULTILINE)
PLAIN = re.compile(r"^(\d+) passed, (\d+) failed", re.MULTILINE)
ESCAPES = re.compile(r"\033\[[0-9;]*m")
# What shows where in a long output the failure stands.
TELLING = re.compile(r"ERROR|FAILED|Sanitizer|runtime error|Traceback|Error:")


@dataclass
class Count:
    passed: int = 0
    failed: int = 0

    def __iadd__(self, other):
        self.passed += other.passed
        self.failed += other.failed
        return self

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"


@dataclass
class ProgramResult:
    name: str
    count: Count
    reason: str
    output: str


def cases_in(output):
    """What the programs in this output say they counted, or None when they say nothing. A skipped case has not passed."""
    text = ESCAPES.sub("", output)
    found = [Count(int(passed), int(failed) + int(skipped or 0)) for _, passed, failed, skipped in DOCTEST.findall(text)]
    found += [Count(int(passed), int(failed)) for passed, failed in PLAIN.findall(text)]
    if not found:
        return None
    total = Count()
    for count in found:
        total += count
    return total


def judge(name, result, output, returncode=1):
    """A program that ended badly has failed at least once, whatever it had counted until then; a skip is a failure too."""
    counted = cases_in(output)
    if result == "OK":
        return ProgramResult(name, counted or Count(1, 0), "", output)
    count = counted or Count()
    if count.failed == 0:
        count.failed = 1
    ended = f"ended by signal {-returncode}" if returncode < 0 else f"ended with {returncode}"
    reasons = {"SKIP": "skipped", "TIMEOUT": "took too long", "FAIL": ended}
    return ProgramResult(name, count, reasons.get(result, f"ended as {result}"), output)


def read_log(path):
    """The results in one of Meson's testlog.json files: an object a line."""
    results = []
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            test = json.loads(line)
            output = test.get("stdout", "") + test.get("stderr", "")
            results.append(judge(test["name"].rpartition(" / ")[2], test["result"], output, test.get("returncode") or 0))
    return results


def excerpt(output, lines=30):
    """The part of the output that says what went wrong: from the first telling line, or its end."""
    all_lines = ESCAPES.sub("", output).rstrip().splitlines()
    for number, line in enumerate(all_lines):
        if TELLING.search(line):
            return all_lines[max(0, number - 3):number + lines]
    return all_lines[-lines:]
