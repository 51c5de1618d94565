"""Does fake-cluster run its example, and say of a bad file what is wrong where?    usage: tool_test.py PROGRAM EXAMPLE"""

import json
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

from counted import main

EXAMPLE = sys.argv.pop()
PROGRAM = sys.argv.pop()

BAD = [
    ("{", "parse error at line 1"),
    ('{"nods": 3}', "nobody knows 'nods' here; known: name"),
    ('{"nodes": 0}', ".nodes: a whole number from 1 to 250"),
    ('{"nodes": [{"host_id": "x"}]}', ".nodes[0].host_id: 'x' is no uuid"),
    ('{"nodes": [{"address": "here"}]}', "'here' is no IPv4 or IPv6 address"),
    ('{"statements": [{"answer": "void"}]}', ".statements[0]: 'cql' is missing"),
    ('{"statements": [{"cql": "x", "bind": {"a": "strin g"}}]}', ".statements[0].bind.a: "),
    ('{"statements": [{"cql": "x", "partition_key": ["a"]}]}', "'a' is not among the bound columns"),
    ('{"statements": [{"cql": "x", "answer": {"columns": {"a": "int"}, "rows": [[1, 2]]}}]}', "2 values, but 1 columns"),
    ('{"statements": [{"cql": "x", "answer": {"columns": {"a": "int"}, "rows": [["b"]]}}]}', ".rows[0][0]: a whole number"),
    ('{"statements": [{"cql": "x", "answer": {"columns": {"a": "tinyint"}, "rows": [[300]]}}]}', ".rows[0][0]: "),
    ('{"statements": [{"cql": "x", "answer": {"error": "odd"}}]}', "no error is called 'odd'"),
    ('{"rules": [{"on": "ASK"}]}', "'ASK' is none of OPTIONS"),
    ('{"rules": [{"do": ["explode"]}]}', "'explode' is none of normal"),
    ('{"schema": [{"name": "k", "tables": [{"name": "t", "columns": {}, "partition_key": ["a"]}]}]}', "has no column 'a'"),
]


def start(*words):
    return subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def file_of(text):
    file = tempfile.NamedTemporaryFile("w", suffix=".json")
    file.write(text)
    file.flush()
    return file


class FakeClusterTest(unittest.TestCase):
    def test_the_example_listens_answers_shows_requests_and_ends_when_told(self):
        for end in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(end), start(EXAMPLE, "--port", "0", "--verbose") as running:
                points = [running.stdout.readline().strip() for _ in range(3)]
                self.assertTrue(all(point.startswith("listening on 127.0.0.") for point in points), points)
                host, port = points[1].removeprefix("listening on ").rsplit(":", 1)
                with socket.create_connection((host, int(port)), timeout=10) as client:
                    client.sendall(bytes([4, 0, 0, 7, 5, 0, 0, 0, 0]))
                    self.assertEqual(client.recv(5, socket.MSG_WAITALL), bytes([0x84, 0, 0, 7, 6]))
                self.assertEqual(running.stdout.readline(), "node 1 connection 0 OPTIONS\n")
                running.send_signal(end)
                self.assertEqual(running.wait(timeout=10), 0)
                self.assertEqual(running.stdout.read(), "stopped\n")

    def test_the_example_is_for_a_port_that_users_know(self):
        with open(EXAMPLE, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["port"], 9042)

    def test_a_bad_file_is_refused_with_its_place_and_reason(self):
        for text, sentence in BAD:
            with self.subTest(text), file_of(text) as file, start(file.name, "--port", "0") as running:
                errors = running.communicate(timeout=10)[1]
                self.assertEqual(running.returncode, 2)
                self.assertIn(sentence, errors)
                self.assertTrue(errors.startswith("fake-cluster: "), errors)

    def test_a_missing_file_is_named(self):
        with start("/nowhere/cluster.json") as running:
            self.assertIn("/nowhere/cluster.json: cannot be read", running.communicate(timeout=10)[1])

    def test_a_port_in_use_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as taken, file_of("{}") as file:
            port = str(taken.getsockname()[1])
            with start(file.name, "--port", port) as running:
                self.assertIn(f"port {port} is in use", running.communicate(timeout=10)[1])

    def test_help_says_what_the_words_do(self):
        with start("--help") as running:
            printed = running.communicate(timeout=10)[0]
            for word in ("FILE", "--port", "--verbose", "no database"):
                self.assertIn(word, printed)


if __name__ == "__main__":
    main()
