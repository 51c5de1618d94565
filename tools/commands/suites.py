"""Runs the tests of a build folder and counts them."""

import subprocess

from commands.results import Count, excerpt, read_log
from commands.steps import StepFailed, step


def run_tests(build, tests, title, environment=None, wrapper=()):
    """The count of one step: all of these tests. Nothing here raises because a test fails."""
    count, failures = Count(), []
    try:
        with step(title) as running:
            for result in run(running, build, tests, environment or {}, wrapper):
                count += result.count
                if result.reason or result.count.failed:
                    failures.append(result)
            running.result = str(count)
            if failures:
                raise StepFailed(f"{count}; {len(failures)} of {len(tests)} programs")
    except StepFailed:
        if not failures:
            raise
        print_failures(failures)
    return count


def run(running, build, tests, environment, wrapper):
    words = ["meson", "test", "-C", str(build.path), "--no-rebuild", *(test["name"] for test in tests)]
    if wrapper:
        words.append(f"--wrapper={' '.join(wrapper)}")
    log = build.path / "meson-logs" / ("testlog-" + wrapper[0] + ".json" if wrapper else "testlog.json")
    log.unlink(missing_ok=True)
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", env=build.environment | environment) as process:
        lines = []
        for line in process.stdout:
            lines.append(line)
            running.note = line.strip()
    if not log.exists():
        raise StepFailed("meson test ran nothing", "".join(lines))
    return read_log(log)


def print_failures(failures):
    for failure in failures:
        print(f"\n          {failure.name}: {failure.reason or 'failed'} ({failure.count})")
        for line in excerpt(failure.output):
            print(f"          | {line}")
    print(flush=True)
