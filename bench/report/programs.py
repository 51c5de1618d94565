"""The processes: building them, the responder on its core, the clients on theirs."""

import json
import os
import subprocess
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
TRACEPOINT = Path("/sys/kernel/tracing/events/raw_syscalls/sys_enter/id")


class Failed(Exception):
    pass


def build(folder):
    """A release build (-O2) of the programs of the benchmark; quick when nothing changed."""
    quiet = dict(cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peer = subprocess.run(["pkg-config", "--exists", "cassandra"], check=False).returncode == 0
    steps = []
    if not (folder / "build.ninja").exists():
        steps.append(["meson", "setup", str(folder), "--buildtype=release", "-Doptimization=2", "-Db_ndebug=true",
                      "-Dtests=false", "-Dtools=false"])
    elif peer and not (folder / "bench" / "bench-cpp-driver").exists():
        steps.append(["meson", "setup", "--reconfigure", str(folder)])
    for step in steps + [["ninja", "-C", str(folder), "bench-programs"]]:
        done = subprocess.run(step, check=False, **quiet)
        if done.returncode != 0:
            raise Failed(f"{' '.join(step)} failed:\n" + "\n".join(done.stdout.splitlines()[-30:]))


def tracepoint():
    """The number of the tracepoint that every system call passes, or None where this process may not know it.

    Where nobody has mounted the kernel's tracing folder, it is mounted for one command, which alone sees it.
    """
    try:
        return TRACEPOINT.read_text().strip()
    except OSError:
        mount = f"mount -t tracefs tracefs /sys/kernel/tracing && cat {TRACEPOINT}"
        shown = subprocess.run(["unshare", "-m", "sh", "-c", mount], check=False, capture_output=True, text=True)
        return shown.stdout.strip() or None


def counting(folder):
    """What a client's environment needs for it to count."""
    number = tracepoint()
    preload = {"LD_PRELOAD": str(folder / "bench" / "bench-count-allocations.so"), "BENCH_COUNT": "1"}
    return preload | ({"BENCH_SYS_ENTER": number} if number else {})


class Process:
    """A program pinned to one core that answers lines on its standard input until that ends."""

    def __init__(self, command, core, environment=None):
        self.command = command
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=os.environ | (environment or {}),
                                        preexec_fn=lambda: os.sched_setaffinity(0, {core}))
        self.greeting = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"{self.command[0]} ended with status {self.process.wait()}")
        return line.strip()

    def do(self, work, milliseconds):
        self.process.stdin.write(f"{work.kind} {work.depth} {milliseconds}\n")
        self.process.stdin.flush()
        return json.loads(self.read())

    def waited(self):
        """Nanoseconds that its threads have stood ready to run while something else had the core; 0 where the kernel
        does not tell."""
        total = 0
        for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                total += int((thread / "schedstat").read_text().split()[1])
            except OSError:  # the thread has just ended, or there is no such file
                pass
        return total

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
