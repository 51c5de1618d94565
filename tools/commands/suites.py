"""Runs the tests of a build folder and counts them."""

import subprocess

from commands.results import Count, excerpt, judge, read_log
from commands.steps import StepFailed, print_failure, print_success, say, step


def attempt(total, work, *words):
    """Adds the work's count; what could not run at all is one failure, with its reason."""
    try:
        total += work(*words)
    except StepFailed as failure:
        say(failure)
        total += Count(0, 1)


def sum_up(running, total):
    """Prints the last line; the exit status."""
    if total.failed:
        print_failure(running, f"{total.failed} of {total.passed + total.failed}")
    else:
        print_success(running)
    print(total)
    return 1 if total.failed else 0


def run_program(title, command, environment=None):
    """One step that runs one program and counts what it says it counted."""
    try:
        with step(title) as running:
            count = judge(title, "OK", running.run(command, environment)).count
            running.result = str(count)
            return count
    except StepFailed as failure:
        return judge(title, "FAIL", failure.output).count


def run_tests(build, tests, title, environment=None, wrapper=(), patience=1):
    """The count of one step: all of these tests. Nothing here raises because a test fails."""
    count, failures = Count(), []
    try:
        with step(title) as running:
            for result in run(running, build, tests, environment or {}, wrapper, patience):
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


def run(running, build, tests, environment, wrapper, patience):
    words = ["meson", "test", "-C", str(build.path), "--no-rebuild", "-t", str(patience), *(test["name"] for test in tests)]
    if wrapper:
        words.append(f"--wrapper={' '.join(wrapper)}")
    log = build.path / "meson-logs" / ("testlog-" + wrapper[0] + ".json" if wrapper else "testlog.json")
    log.unlink(missing_ok=True)
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", env=build.environment | environment) as process:
        output = running.follow(process)
    if not log.exists():
        raise StepFailed("meson test ran nothing", output)
    results = read_log(log)
    if len(results) != len(tests):
        raise StepFailed(f"{len(results)} of {len(tests)} tests were run", output)
    return results


def print_failures(failures):
    for failure in failures:
        print(f"\n          {failure.name}: {failure.reason or 'failed'} ({failure.count})")
        for line in excerpt(failure.output):
            print(f"          | {line}")
    print(flush=True)
