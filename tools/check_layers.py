#!/usr/bin/env python3
"""Checks the architecture: who may include what, which folders exist, how long files are. The tables below are the architecture.

usage: tools/check_layers.py [FOLDER]    (this source tree, unless another is named)
"""

import re
import subprocess
import sys
from pathlib import Path

# From the bottom to the top: a room's name, and what it may include besides itself, include/ and the standard library.
LIB = {
    "base": {"asio"},
    "routing": set(),
    "metadata": {"lib/routing", "protocol"},
    "policies": {"lib/routing", "lib/metadata"},
    "transport": {"lib/base", "asio", "openssl"},
    "connection": {"lib/transport", "lib/base", "protocol"},
    "pool": "rooms below",
    "cluster": "rooms below",
    "session": "rooms below",
    "driver": "rooms below",
    "mapping": set(),
    "testing": {"lib/base", "protocol", "asio"},
}
ANYTHING = {"tests", "bench", "tools"}
# Rooms without sockets and threads of the system's own.
PURE = {"protocol", "lib/routing", "lib/metadata", "lib/policies", "lib/mapping"}
# The one public header that knows Asio, and what of Asio it knows at most.
ASYNC_HEADER, ASYNC_ASIO_HEADERS = "include/coodie/async.hpp", 6
TOO_LARGE_IN_PUBLIC = {"asio.hpp", "asio/use_future.hpp"}

LIBRARIES = {"asio": "asio", "asio.hpp": "asio", "openssl": "openssl", "lz4.h": "compression", "lz4frame.h": "compression",
             "lz4hc.h": "compression", "snappy.h": "compression", "snappy-c.h": "compression", "snappy-sinksource.h": "compression"}
SYSTEM_FOLDERS = {"sys", "netinet", "arpa", "linux", "net", "asm"}
SYSTEM_HEADERS = {"unistd.h", "errno.h", "fcntl.h", "poll.h", "pthread.h", "sched.h", "signal.h", "netdb.h", "time.h", "cxxabi.h"}
# inet_pton and inet_ntop touch nothing but their arguments.
PURE_SYSTEM_HEADERS = {"arpa/inet.h"}
IMPURE_HEADERS = {"thread", "mutex", "shared_mutex", "condition_variable", "future", "stop_token", "semaphore", "latch", "barrier"}

TOP_FOLDERS = {"include", "lib", "protocol", "tests", "bench", "tools"}
TOP_FILES = {"meson.build", "meson_options.txt", "README.md", "CHANGELOG.md", "LICENSE"}
NEEDS_README = TOP_FOLDERS - {"include"} | {f"lib/{room}" for room in LIB}
MEASURED = {".hpp", ".cpp", ".h", ".ipp", ".py"}
LONG, TOO_LONG = 300, 500

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.MULTILINE)


def files_of(root):
    """Paths below root; what Git ignores is not part of the tree."""
    if (root / ".git").exists():
        listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True)
        return sorted(path for path in listing.stdout.splitlines() if (root / path).is_file())
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def room_of(path):
    """include, protocol, lib/<room>, or the top folder's name."""
    parts = Path(path).parts
    return "/".join(parts[:2]) if parts[0] == "lib" and len(parts) > 2 else parts[0]


def allowed_in(room):
    """The rooms and libraries that this room may include."""
    if room == "include":
        return {"include"}
    if room == "protocol":
        return {"include", "protocol", "compression"}
    order = list(LIB)
    name = room.removeprefix("lib/")
    rule = LIB[name]
    if rule == "rooms below":
        rule = {f"lib/{lower}" for lower in order[:order.index(name)]} | {"protocol"}
    return rule | {"include", room}


def is_standard(header):
    first = header.partition("/")[0]
    return "." not in header and "/" not in header or header in SYSTEM_HEADERS or first in SYSTEM_FOLDERS


def target_of(path, header, files):
    """The room or library that a header belongs to: "standard" for the system's, None when nobody knows it."""
    first = header.partition("/")[0]
    if first == "coodie":
        return "include"
    if first in ("protocol", "lib"):
        return room_of(header)
    beside = resolve(Path(path).parent / header)
    if beside in files:
        return room_of(beside)
    return LIBRARIES.get(first) or ("standard" if is_standard(header) else None)


def resolve(path):
    parts = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def is_impure(header):
    if header in PURE_SYSTEM_HEADERS:
        return False
    return header in IMPURE_HEADERS or header in SYSTEM_HEADERS or header.partition("/")[0] in SYSTEM_FOLDERS


def include_problem(path, header, files):
    """Why this file may not include this header, or None."""
    room = room_of(path)
    target = target_of(path, header, files)
    if room in PURE and is_impure(header):
        return f"includes <{header}>, but {room} is pure: no sockets, no threads"
    if target == "standard":
        return None
    if path == ASYNC_HEADER and target == "asio":
        return f"includes <{header}>, which is too large for a public header" if header in TOO_LARGE_IN_PUBLIC else None
    if target in allowed_in(room):
        return None
    what = f"which is {target}" if target else "which no table knows"
    return f"includes <{header}>, {what}; {room} may include {', '.join(sorted(allowed_in(room)))}"


def check_includes(path, text, files):
    if room_of(path) in ANYTHING or Path(path).suffix not in MEASURED - {".py"}:
        return []
    headers = INCLUDE.findall(text)
    found = [problem for header in headers if (problem := include_problem(path, header, files))]
    asio = [header for header in headers if LIBRARIES.get(header.partition("/")[0]) == "asio"]
    if path == ASYNC_HEADER and len(asio) > ASYNC_ASIO_HEADERS:
        found.append(f"includes {len(asio)} Asio headers, {ASYNC_ASIO_HEADERS} at most")
    return found


def check_place(path):
    parts = Path(path).parts
    if parts[0].startswith("."):
        return []
    if len(parts) == 1:
        return [] if path in TOP_FILES else [f"is not one of the files at the root: {', '.join(sorted(TOP_FILES))}"]
    if parts[0] not in TOP_FOLDERS:
        return [f"is in none of the folders {', '.join(sorted(TOP_FOLDERS))}"]
    if parts[0] == "lib" and len(parts) > 2 and parts[1] not in LIB:
        return [f"is in no room of lib/: {', '.join(LIB)}"]
    return []


def is_measured(path, text):
    return Path(path).suffix in MEASURED or text.startswith("#!")


def check_size(path, text):
    lines = text.count("\n")
    return [f"has {lines} lines; {TOO_LONG} is a defect"] if is_measured(path, text) and lines >= TOO_LONG else []


def check_readmes(files):
    folders = {parent for path in files for parent in map(str, Path(path).parents)}
    return [(folder, "has no README.md") for folder in sorted(NEEDS_README & folders) if f"{folder}/README.md" not in files]


def check_compression(texts):
    users = [path for path, text in texts.items()
             if room_of(path) == "protocol" and any(LIBRARIES.get(header) == "compression" for header in INCLUDE.findall(text))]
    return [(path, f"is not the one file that knows lz4 and snappy, which is {users[0]}") for path in users[1:]]


def check(root):
    """All problems as (path, sentence), what is merely long as the same, and how many files there are."""
    files = set(files_of(root))
    texts = {path: (root / path).read_text(errors="replace") for path in sorted(files) if not path.startswith("tests/data/")}
    problems, warnings = check_readmes(files) + check_compression(texts), []
    for path, text in texts.items():
        placed = check_place(path)
        problems += [(path, problem) for problem in placed]
        problems += [] if placed else [(path, problem) for problem in check_includes(path, text, files)]
        problems += [(path, problem) for problem in check_size(path, text)]
        if is_measured(path, text) and LONG < text.count("\n") < TOO_LONG:
            warnings.append((path, f"has {text.count(chr(10))} lines; {LONG} is the aim"))
    return problems, warnings, len(files)


def main():
    if len(sys.argv) > 1 and sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip())
        return 0
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    problems, warnings, count = check(root)
    for path, sentence in warnings:
        print(f"warning: {path} {sentence}")
    for path, sentence in problems:
        print(f"{path} {sentence}")
    bad = len({path for path, _ in problems})
    print(f"{max(0, count - bad)} passed, {bad} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
