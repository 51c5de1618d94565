"""One line a step, with its time; on a terminal the running step also shows what it is doing."""

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

TITLE_WIDTH = 58


class StepFailed(Exception):
    """Why a step failed, and the end of what its command printed."""

    def __init__(self, reason, output=""):
        super().__init__(reason)
        self.output = output
        self.shown = False


def shows_live():
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def coloured(text, code):
    if not shows_live() or "NO_COLOR" in os.environ:
        return text
    return f"\033[{code}m{text}\033[0m"


class Ticker:
    """Rewrites the terminal's last line while a step runs; does nothing elsewhere."""

    def __init__(self, step):
        self.step = step
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.tick, daemon=True)

    def tick(self):
        while not self.done.wait(0.2):
            width = shutil.get_terminal_size().columns - 1
            line = f"  ..      {self.step.title}  {self.step.seconds():.0f} s  {self.step.note}"
            sys.stdout.write("\r\033[K" + line[:width])
            sys.stdout.flush()

    def __enter__(self):
        if shows_live():
            self.thread.start()

    def __exit__(self, *_):
        self.done.set()
        if self.thread.ident:
            self.thread.join()
            sys.stdout.write("\r\033[K")


class Step:
    def __init__(self, title):
        self.title = title
        self.note = ""
        self.result = ""
        self.begin = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.begin

    def run(self, command, env=None, cwd=None):
        """What the command printed. Raises StepFailed with the end of it when the command fails."""
        with subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", env=env, cwd=cwd) as process:
            output = self.follow(process)
        if process.returncode != 0:
            name = os.path.basename(str(command[0]))
            raise StepFailed(f"{name} ended with {process.returncode}", output)
        return output

    def follow(self, process):
        """What the process prints, until its end; it does not outlive an interruption."""
        lines = []
        try:
            for line in process.stdout:
                lines.append(line)
                self.note = line.strip()
        except BaseException:
            process.terminate()
            raise
        return "".join(lines)


def print_line(mark, title, seconds, note=""):
    text = f"  {mark}  {title:<{TITLE_WIDTH}} {seconds:6.1f} s"
    print(f"{text}  {note}" if note else text, flush=True)


def print_success(step):
    print_line(coloured("ok    ", "32"), step.title, step.seconds(), step.result)


def print_failure(step, reason):
    print_line(coloured("FAILED", "31"), step.title, step.seconds())
    print(f"          {reason}", flush=True)


def print_tail(output, lines=40):
    for line in output.rstrip().splitlines()[-lines:]:
        print(f"          {line}")
    sys.stdout.flush()


def say(failure, begin="FAILED: "):
    """A failure outside of any step has not been printed yet."""
    if not failure.shown:
        print(f"{begin}{failure}", file=sys.stderr, flush=True)


@contextmanager
def step(title):
    """Runs its block as one step. A StepFailed is printed and passed on; so is an interruption."""
    running = Step(title)
    try:
        with Ticker(running):
            yield running
    except StepFailed as failure:
        print_failure(running, failure)
        print_tail(failure.output)
        failure.shown = True
        raise
    except KeyboardInterrupt:
        print_failure(running, "interrupted")
        raise
    print_success(running)
