#!/usr/bin/env python3
"""Compiles programs that must not compile: the sentence that each expects stands in the first line of its error, and
no second error follows. `fine.cpp` must compile: without it every other failure could be for another reason. So must
the README's first program.

    check.py BUILD_FOLDER SOURCE_FOLDER COMPILER... -- ARGUMENT...
"""

import concurrent.futures
import hashlib
import pathlib
import subprocess
import sys
import time


def compile_one(command, file):
    made = subprocess.run(command + ["-fsyntax-only", str(file)], capture_output=True, text=True, check=False)
    return [line for line in made.stderr.splitlines() if "error:" in line], made.returncode, made.stderr


def problem_of(file, command):
    expected = file.read_text().splitlines()[0].removeprefix("// expect: ")
    errors, code, output = compile_one(command, file)
    if expected == "no error":
        return "" if code == 0 else "does not compile:\n" + output
    if code == 0:
        return "compiles"
    if not errors or expected not in errors[0]:
        return f"expected: {expected}\n    first error: {errors[0] if errors else output}"
    return "" if len(errors) == 1 else "a second error follows:\n    " + "\n    ".join(errors)


def precompiled(compiler, arguments, source, folder):
    """The header once; every program starts with it."""
    clang = "clang" in pathlib.Path(compiler[-1]).name
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / ("documents.pch" if clang else "documents.hpp.gch")
    header = ["-x", "c++-header", str(source / "documents.hpp"), "-o", str(made)]
    quiet = ["-Wno-pragma-once-outside-header"] if clang else []
    subprocess.run(compiler + arguments + quiet + header, check=True)
    return ["-include-pch", str(made)] if clang else ["-I", str(folder)]


def readme_of(source):
    return source.parent.parent / "README.md"


def readme_program(source, folder):
    """The README's first program, as a file of its own."""
    made = folder / "readme.cpp"
    made.write_text("// expect: no error\n" + readme_of(source).read_text().split("```cpp\n")[1].split("```")[0])
    return made


def run(compiler, arguments, source, folder):
    started = time.monotonic()
    command = compiler + arguments + precompiled(compiler, arguments, source, folder) + ["-I", str(source)]
    files = sorted(source.glob("*.cpp"))
    failed = 0
    if problem := problem_of(readme_program(source, folder), compiler + arguments):
        failed += 1
        print(f"FAILED the README's program with {compiler[-1]}\n    {problem}")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for file, problem in zip(files, pool.map(lambda f: problem_of(f, command), files)):
            if problem:
                failed += 1
                print(f"FAILED {file.name} with {compiler[-1]}\n    {problem}")
    print(f"{compiler[-1]}: {len(files) + 1 - failed} passed, {failed} failed in {time.monotonic() - started:.0f} s")
    return failed


def state_of(compilers, arguments, source):
    """All that the answers depend on: sources, the library's headers, compilers, arguments."""
    state = hashlib.sha256(repr(arguments).encode())
    for compiler in compilers:
        state.update(subprocess.run([compiler, "--version"], capture_output=True, check=True).stdout)
    include = source.parent.parent / "include"
    for file in sorted([readme_of(source), *source.iterdir(), *include.rglob("*.hpp")]):
        if file.is_file():
            state.update(str(file).encode() + file.read_bytes())
    return state.hexdigest()


def main():
    build, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    split = sys.argv.index("--")
    arguments = sys.argv[split + 1 :]
    state = state_of(sys.argv[3:split], arguments, source)
    passed = build / "no_compile.passed"
    if passed.exists() and passed.read_text() == state:
        print("nothing changed since all passed")
        return 0
    failed = 0
    for number, compiler in enumerate(sys.argv[3:split]):
        own = ["-DASIO_HAS_CO_AWAIT"] if "clang" in compiler else []
        failed += run([compiler], arguments + own, source, build / f"no_compile-{number}")
    if not failed:
        passed.write_text(state)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
