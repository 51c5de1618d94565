"""tools/quickstart: builds, starts a real Cassandra where none is named, and runs the example."""

import argparse
import os
import subprocess
import sys
import time

from cassandra_node import cluster
from cassandra_node.options import Options
from commands.build import SOURCE, UNITY, BuildFolder, install
from commands.endings import held, treat_alike
from commands.steps import StepFailed, say, step

EXAMPLE = "tools/examples/quickstart"


def arguments():
    parser = argparse.ArgumentParser(prog="tools/quickstart", description="Builds coodie and the example, starts a one-node "
                                     "Cassandra unless COODIE_HOSTS (host[:port],...) names one, and runs the example.",
                                     epilog="The way into a named cluster: COODIE_CA (its authority: TLS), COODIE_CERTIFICATE and "
                                     "COODIE_KEY (a client certificate), COODIE_USERNAME and COODIE_PASSWORD.")
    parser.add_argument("--tls", action="store_true", help="start it so that clients must speak TLS")
    parser.add_argument("--mtls", action="store_true", help="and must show a certificate")
    parser.add_argument("--auth", action="store_true", help="and must log in")
    parser.add_argument("--stop", action="store_true", help="stop the Cassandra that was started, instead of leaving it running")
    return parser.parse_args()


def build_example():
    """In build/ where there is one, as tools/test makes it; else as fast as compilers can."""
    build = BuildFolder("build")
    if not (build.path / "build.ninja").exists():
        build = BuildFolder("build-quickstart", UNITY | {"optimization": "0", "tests": "false", "bench": "false"})
    build.build(f"build the library and the example in {build.name}/", [EXAMPLE])
    return build.path / EXAMPLE


class Server:
    """Where the example connects: what COODIE_HOSTS names, or a node of ours, which starts while the example is built."""

    def __init__(self, options):
        self.named = os.environ.get("COODIE_HOSTS")
        self.options = options
        self.environment = {"COODIE_HOSTS": self.named} if self.named else options.environment
        self.was_running = False
        self.starting = None

    def begin(self):
        if self.named:
            return
        self.was_running = any(node.is_alive() for node in cluster.remembered()[1])
        self.starting = subprocess.Popen([SOURCE / "tools" / "cassandra", "start", *self.options.words.split()], stdin=subprocess.DEVNULL, text=True,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def wait(self):
        """Its lines come after those of the build, for they ran side by side."""
        if not self.starting:
            return
        with step("wait for Cassandra, which was started meanwhile") as running:
            output = running.follow(self.starting)
            if self.starting.wait() != 0:
                raise StepFailed("tools/cassandra start failed", output)
            running.result = next((line for line in output.splitlines() if line.startswith(("Cassandra answers", "already"))), "")

    def end(self, stop):
        if self.starting and self.starting.poll() is None:
            self.starting.terminate()
            self.starting.communicate()
        if self.named:
            return
        if stop and not self.was_running:
            cluster.stop()
        elif any(node.is_alive() for node in cluster.remembered()[1]):
            print("Cassandra is still running, for the next time. Stop it with: tools/cassandra stop")


def run_example(example, environment):
    print(f"\n{EXAMPLE}.cpp, with COODIE_HOSTS={environment['COODIE_HOSTS']}:\n", flush=True)
    ended = subprocess.run([example], env=os.environ | environment, check=False)
    print()
    if ended.returncode != 0:
        raise StepFailed(f"the example ended with {ended.returncode}")


def main():
    words = arguments()
    begin = time.monotonic()
    server, code = Server(Options(tls=words.tls or words.mtls, mtls=words.mtls, auth=words.auth)), 1
    treat_alike()
    try:
        install("build" if server.named else "build cassandra")
        server.begin()
        example = build_example()
        server.wait()
        run_example(example, server.environment)
        code = 0
    except StepFailed as failure:
        say(failure)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        code = 130
    with held():
        server.end(words.stop)
    print(f"{time.monotonic() - begin:.1f} s in all")
    return code


if __name__ == "__main__":
    sys.exit(main())
