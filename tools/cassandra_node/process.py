"""Processes that are ours beyond doubt: a process id alone may have passed to somebody else."""

import os
import signal
import time
from pathlib import Path


def birth(pid):
    """When this process began, or None when there is none; no two processes share a pid and a birth."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *rest = stat[stat.rindex(")") + 2:].split()
    if state in "ZX":
        return None
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}/{rest[18]}"


def is_alive(pid, born):
    return born is not None and birth(pid) == born


def send(pid, born, number):
    """The signal, only if it is still the same process: the handle is taken before the birth is compared."""
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return
    try:
        if is_alive(pid, born):
            signal.pidfd_send_signal(handle, number)
    except ProcessLookupError:
        pass
    finally:
        os.close(handle)


def wait_until_gone(processes, seconds):
    """Those of the (pid, born) that are still there afterwards."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for pid, _ in processes:
            reap(pid)
        processes = [process for process in processes if is_alive(*process)]
        if not processes:
            break
        time.sleep(0.1)
    return processes


def reap(pid):
    """Takes the exit status, if it was a child of this very process."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass


def end(processes, patience=20):
    """Asks all of them to end, and ends those that do not."""
    for process in processes:
        send(*process, signal.SIGTERM)
    for process in wait_until_gone(processes, patience):
        send(*process, signal.SIGKILL)
    return wait_until_gone(processes, 5)
