"""Runs the tests of a build folder and counts them."""

import subprocess

from commands.results import Count, excerpt, read_log
from commands.steps import StepFailed, step


def run_suites(build, suites, title, environment=None, wrapper=()):
    """The count of one step: all tests of these suites. Nothing here raises because a test fails."""
    tests = build.tests(suites)
    if not tests:
        raise StepFailed(f"no test in {build.name}/ belongs to {', '.join(sorted(suites))}")
    count, failures = Count(), []
    try:
        with step(title) as running:
            for result in run(running, build, suites, environment or {}, wrapper):
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


def run(running, build, suites, environment, wrapper):
    words = ["meson", "test", "-C", str(build.path), "--no-rebuild", "--print-errorlogs"]
    for suite in sorted(suites):
        words += ["--suite", suite]
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
