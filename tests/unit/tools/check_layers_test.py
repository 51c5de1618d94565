"""Is a tree that breaks one rule of the architecture found out, and one that keeps them all left alone?"""

import tempfile
import unittest
from pathlib import Path

from counted import main
import check_layers

GOOD = {
    "meson.build": "",
    "include/coodie/uuid.hpp": "#include <array>\n#include <coodie/blob.hpp>\n",
    "include/coodie/async.hpp": "#include <asio/async_result.hpp>\n",
    "protocol/README.md": "",
    "protocol/compression.cpp": "#include <lz4.h>\n#include <snappy.h>\n#include <coodie/uuid.hpp>\n",
    "lib/README.md": "",
    "lib/base/README.md": "",
    "lib/base/loop.cpp": '#include "lib/base/loop.hpp"\n#include <asio/post.hpp>\n#include <mutex>\n#include <sys/uio.h>\n',
    "lib/base/loop.hpp": "",
    "lib/transport/README.md": "",
    "lib/transport/tls.cpp": "#include <openssl/ssl.h>\n#include <asio/ssl.hpp>\n#include <lib/base/loop.hpp>\n",
    "lib/session/README.md": "",
    "lib/session/session.cpp": "#include <lib/transport/tls.hpp>\n#include <protocol/query.hpp>\n",
    "tests/README.md": "",
    "tests/anything.cpp": "#include <openssl/ssl.h>\n#include <doctest/doctest.h>\n",
}

# Path, its text, and a word of the sentence that must come.
BROKEN = [
    ("include/coodie/rows.hpp", "#include <asio/post.hpp>\n", "asio"),
    ("include/coodie/rows.hpp", "#include <protocol/rows.hpp>\n", "protocol"),
    ("include/coodie/rows.hpp", "#include <boost/any.hpp>\n", "no table knows"),
    ("include/coodie/async.hpp", "#include <asio/use_future.hpp>\n", "too large"),
    ("include/coodie/async.hpp", "".join(f"#include <asio/a{n}.hpp>\n" for n in range(7)), "6 at most"),
    ("protocol/frame.cpp", "#include <lib/base/loop.hpp>\n", "lib/base"),
    ("protocol/frame.cpp", '#include "../lib/base/loop.hpp"\n', "lib/base"),
    ("protocol/frame.cpp", "#include <mutex>\n", "pure"),
    ("protocol/frame.cpp", "#include <sys/socket.h>\n", "pure"),
    ("protocol/frame.cpp", "#include <lz4.h>\n", "the one file"),
    ("lib/base/loop.cpp", "#include <openssl/ssl.h>\n", "openssl"),
    ("lib/base/loop.cpp", "  #  include <lib/session/session.hpp>\n", "lib/session"),
    ("lib/session/session.cpp", "#include <openssl/ssl.h>\n", "openssl"),
    ("lib/session/session.cpp", "#include <lib/driver/cql_driver.hpp>\n", "lib/driver"),
    ("lib/attic/old.cpp", "", "no room"),
    ("examples/quickstart.cpp", "", "none of the folders"),
    ("Makefile", "", "files at the root"),
    ("lib/pool/pool.cpp", "", "README"),
    ("lib/base/loop.cpp", "\n" * 500, "500"),
    ("tests/endless.py", "\n" * 500, "500"),
]


def problems_of(tree):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in tree.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return check_layers.check(Path(folder))


class Layers(unittest.TestCase):
    def test_a_tree_that_keeps_the_rules_is_left_alone(self):
        self.assertEqual(problems_of(GOOD)[:2], ([], []))

    def test_each_broken_rule_is_found_and_named(self):
        for path, text, word in BROKEN:
            with self.subTest(path=path, word=word):
                problems = problems_of(GOOD | {path: text})[0]
                self.assertEqual(len(problems), 1, problems)
                self.assertIn(word, problems[0][1])

    def test_a_long_file_is_a_warning_only(self):
        problems, warnings, _ = problems_of(GOOD | {"lib/base/loop.cpp": "\n" * 301})
        self.assertEqual((problems, [path for path, _ in warnings]), ([], ["lib/base/loop.cpp"]))


if __name__ == "__main__":
    main()
