"""tools/test: every test, or those that need no server."""

import argparse
import os
import sys
from contextlib import contextmanager

from cassandra_node import cluster
from cassandra_node.options import CERTIFICATES, CQL_PORT, Options
from commands.build import BuildFolder, install, suites_of
from commands.endings import treat_alike
from commands.results import Count
from commands.steps import StepFailed, print_failure, print_line, say, Step
from commands.suites import run_suites

# In the order in which they run; a suite that has no test yet is left out.
SERVERLESS = {"unit": "unit tests", "vectors": "vectors and golden frames", "no_compile": "programs that must not compile",
              "server": "against the scripted server"}
# What each kind of cluster is started with; "-" in a suite's name stands between its flags.
CLUSTERS = {"integration": Options(), "integration-auth": Options(auth=True), "integration-tls": Options(tls=True),
            "integration-mtls": Options(tls=True, mtls=True), "integration-three": Options(nodes=3)}


def arguments():
    parser = argparse.ArgumentParser(prog="tools/test", description="Builds in build/ and runs the tests: all of them, "
                                     "which starts a real Cassandra where COODIE_HOSTS names none, or only those without a server.")
    parser.add_argument("part", nargs="?", choices=["unit"], help="only the part without servers")
    return parser.parse_args()


def environment_for(options):
    hosts = ",".join(f"{address}:{CQL_PORT}" for address in options.addresses)
    return {"COODIE_HOSTS": hosts, "COODIE_CERTIFICATES": str(CERTIFICATES)}


@contextmanager
def cluster_for(suite):
    """The environment that leads the tests to a cluster; one that was started here is stopped here."""
    if suite == "integration" and os.environ.get("COODIE_HOSTS"):
        yield {}
        return
    options = CLUSTERS[suite]
    started = cluster.start(options)
    try:
        yield environment_for(options)
    finally:
        if started:
            cluster.stop()


def run_integration(build, suite):
    title = f"against a real Cassandra, {CLUSTERS[suite].words}"
    with cluster_for(suite) as environment:
        return run_suites(build, {suite}, title, environment)


def attempt(total, work, *words):
    """Adds the work's count; what could not run at all is one failure, with its reason."""
    try:
        total += work(*words)
    except StepFailed as failure:
        say(failure)
        total += Count(0, 1)


def refuse_strays(build):
    """A test in a suite that nobody runs would be skipped silently."""
    known = set(SERVERLESS) | set(CLUSTERS)
    strays = [test["name"] for test in build.introspect("tests") if not known & suites_of(test)]
    if strays:
        raise StepFailed(f"in no suite that tools/test runs: {', '.join(strays)}")
    return Count()


def run_all(part):
    total = Count()
    install("test")
    build = BuildFolder("build", {"tests": "true", "bench": "true", "tools": "true"})
    build.build("build the library, its tests and its tools in build/")
    attempt(total, refuse_strays, build)
    for suite, title in SERVERLESS.items():
        if build.tests({suite}):
            attempt(total, run_suites, build, {suite}, title)
    if part != "unit":
        install("cassandra")
        for suite in CLUSTERS:
            if build.tests({suite}):
                attempt(total, run_integration, build, suite)
    return total


def main():
    words = arguments()
    treat_alike()
    running = Step("everything")
    try:
        total = run_all(words.part)
    except StepFailed as failure:
        say(failure)
        total = Count(0, 1)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    if total.failed:
        print_failure(running, f"{total.failed} of {total.passed + total.failed}")
    else:
        print_line("ok    ", running.title, running.seconds())
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
