"""However a command is told to end, it ends the same way: by a KeyboardInterrupt, and never in the middle of what must be whole."""

import signal
from contextlib import contextmanager


class Hold:
    depth = 0
    pending = False


def interrupt(*_):
    if Hold.depth:
        Hold.pending = True
    else:
        raise KeyboardInterrupt


def treat_alike():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


@contextmanager
def held():
    """An interruption waits for the end of this block."""
    Hold.depth += 1
    try:
        yield
    finally:
        Hold.depth -= 1
    if Hold.pending and not Hold.depth:
        Hold.pending = False
        raise KeyboardInterrupt
