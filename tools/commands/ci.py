""".ci/run: everything that must hold before a change is taken."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from check_layers import files_of
from commands import test
from commands.build import SOURCE, UNITY, BuildFolder, install
from commands.endings import treat_alike
from commands.results import Count
from commands.steps import Step, StepFailed, say, step
from commands.suites import attempt, run_program, run_tests, sum_up

CLANG = {"CXX": "clang++-19"}
TESTS_ALONE = {"tests": "true", "bench": "false", "tools": "false"}
# What is only checked need not be optimised, which takes compilers twice as long, nor does each file need to be compiled
# on its own; the default build does both.
CHECKED = TESTS_ALONE | UNITY | {"optimization": "0", "b_lundef": "false"}
FUZZ_SECONDS = 20
# Above this many random bits of addresses, g++ 12's ThreadSanitizer finds its own memory taken.
TSAN_RANDOM_BITS = 28


def check_format():
    files = [path for path in files_of(SOURCE) if Path(path).suffix in (".hpp", ".cpp")]
    try:
        with step("format: clang-format-19") as running:
            running.run(["clang-format-19", "--dry-run", "-Werror", *files], cwd=SOURCE)
            running.result = str(Count(len(files), 0))
            return Count(len(files), 0)
    except StepFailed as failure:
        bad = len(set(re.findall(r"^([^:\s]+):\d+:\d+: error", failure.output, re.MULTILINE))) or 1
        return Count(len(files) - bad, bad)


def compiled(tests):
    """Without those in Python, which no compiler and no sanitizer changes."""
    return [test for test in tests if test["depends"]]


def build_and_run(name, title, options, suites, environment=None, wrapper=()):
    build = BuildFolder(name, CHECKED | options, environment)
    build.configure()
    tests = compiled(build.tests(suites))
    build.build(f"{title}: build in {name}/", build.programs(tests))
    return run_tests(build, tests, f"{title}: tests", wrapper=wrapper, patience=5)


def run_address_sanitizer():
    """By clang, so that this build is also the one that shows that clang takes every line."""
    # Asio 1.22 decides by what was included before it whether it takes memory from operator new or from malloc, so that
    # two files may not agree.
    options = {"b_sanitize": "address,undefined", "cpp_args": "-DASIO_DISABLE_STD_ALIGNED_ALLOC"}
    return build_and_run("build-asan", "clang 19, ASan and UBSan", options, {"unit", "server", "vectors"}, CLANG)


def without_random_addresses():
    bits = int(Path("/proc/sys/vm/mmap_rnd_bits").read_text())
    return ("setarch", "-R") if bits > TSAN_RANDOM_BITS else ()


def run_thread_sanitizer():
    options = {"b_sanitize": "thread"}
    return build_and_run("build-tsan", "g++, TSan", options, {"unit", "server"}, wrapper=without_random_addresses())


def fuzz(program):
    """What it printed if it found something, else None."""
    corpus = program.parent / "corpus" / program.name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = SOURCE / "tests" / "fuzz" / "corpus" / program.name
    folders = [str(folder) for folder in (corpus, seeds) if folder.is_dir()]
    words = [str(program), f"-max_total_time={FUZZ_SECONDS}", "-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={corpus}/", *folders]
    ended = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                           errors="replace", check=False)
    return None if ended.returncode == 0 else f"{program.name} ended with {ended.returncode}\n{ended.stdout[-4000:]}"


def run_fuzzers():
    build = BuildFolder("build-fuzz", TESTS_ALONE | UNITY | {"fuzz": "true"}, CLANG)
    build.configure()
    programs = build.executables("fuzz-")
    if not programs:
        raise StepFailed("no fuzz target: nothing in tests/fuzz is called fuzz-*")
    build.build("fuzz targets: build in build-fuzz/", [build.target(program) for program in programs])
    found = []
    try:
        with step(f"fuzz targets: {len(programs)} for {FUZZ_SECONDS} s each") as running:
            with ThreadPoolExecutor(os.cpu_count()) as workers:
                found = [output for output in workers.map(fuzz, programs) if output]
            if found:
                raise StepFailed(f"{len(found)} of {len(programs)} found something", "\n".join(found))
            running.result = str(Count(len(programs), 0))
    except StepFailed as failure:
        say(failure)
    return Count(len(programs) - len(found), len(found))


def run_everything():
    total = Count()
    install("ci")
    tools = SOURCE / "tools"
    attempt(total, run_program, "layers: tools/check_layers.py", [tools / "check_layers.py"])
    attempt(total, run_program, "co_await: tools/check_await.py", [tools / "check_await.py"])
    attempt(total, run_program, "numbers: tools/check_numbers.py", [tools / "check_numbers.py"])
    attempt(total, check_format)
    attempt(total, test.run_all, None)
    attempt(total, run_program, "quick start: tools/quickstart --stop", [tools / "quickstart", "--stop"])
    attempt(total, run_program, "installation: tools/check_install", [tools / "check_install"])
    for part in (run_address_sanitizer, run_thread_sanitizer, run_fuzzers):
        attempt(total, part)
    return total


def main():
    treat_alike()
    running = Step("everything of .ci/run")
    try:
        total = run_everything()
    except StepFailed as failure:
        say(failure)
        total = Count(0, 1)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return sum_up(running, total)


if __name__ == "__main__":
    sys.exit(main())
