"""What is compared: the works, the clients and what was promised about them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    kind: str
    depth: int

    @property
    def name(self):
        return "page" if self.kind == "page" else f"{self.kind}-{self.depth}"


@dataclass(frozen=True)
class Client:
    name: str
    program: str
    arguments: tuple = ()
    only_depth_1: bool = False

    def does(self, work):
        return work.depth == 1 or not self.only_depth_1


WORKS = [Work(kind, depth) for kind in ("insert", "select") for depth in (1, 64, 256, 1024)] + [Work("page", 1)]

CLIENTS = [
    Client("floor", "bench-floor"),
    Client("raw", "bench-raw"),
    Client("mapped", "bench-mapped"),
    Client("blocking", "bench-blocking", only_depth_1=True),
    Client("blocking-thread", "bench-blocking", ("--thread",), only_depth_1=True),
    Client("cpp-driver", "bench-cpp-driver"),
    Client("cpp-driver-0us", "bench-cpp-driver", ("--undelayed",)),
]


@dataclass(frozen=True)
class Promise:
    """A client's median of a metric, divided by another client's of the same round (or as it is), is at most a limit."""

    client: str
    metric: str
    base: str | None
    limit: float
    works: tuple


DEEP = ("insert-256", "insert-1024", "select-256", "select-1024")

PROMISES = [
    Promise("raw", "cpu", "cpp-driver", 0.2, DEEP),
    Promise("raw", "cpu", "floor", 10, DEEP),
    Promise("mapped", "cpu", "cpp-driver", 0.3, DEEP),
    Promise("raw", "allocations", None, 0.1, DEEP),
    Promise("mapped", "allocations", None, 0.1, ("insert-256", "insert-1024")),
    Promise("raw", "syscalls", None, 0.03, DEEP),
    Promise("mapped", "syscalls", None, 0.03, DEEP),
    Promise("blocking", "p50", "floor", 1.15, ("insert-1", "select-1")),
]
