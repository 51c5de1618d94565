#!/usr/bin/env python3
"""Writes first inputs for the fuzz targets, from recordings: seeds.py CORPUS STAMP RECORDING..."""

import hashlib
import json
import sys
from pathlib import Path

COMPRESSED = 0x01
HEADER_SIZE = 9
OPTION, CLASS_NAME, CQL = b"\0", b"\1", b"\2"

TYPES = [
    OPTION + bytes.fromhex("0009" "00000001"),
    OPTION + bytes.fromhex("00200009" "00000001" "00000004" "00000001"),
    OPTION + bytes.fromhex("0021000d000e" "00000001" "00000001" "61" "00000002" "0080"),
    OPTION + bytes.fromhex("00310002" "0009000d" "00000004" "00000001" "ffffffff"),
    OPTION + bytes.fromhex("0030" "0002" "6b73" "0001" "74" "0001" "0001" "66" "0006" "00000005" "00000001" "2a"),
    OPTION + bytes.fromhex("0015" "c2ea09"),
    CLASS_NAME + b"org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType , 3)",
    CLASS_NAME + b"UserType(ks,61646472,7a6970:Int32Type,74616773:FrozenType(SetType(UTF8Type)))",
    CQL + b"map<text, frozen<list<tuple<int, vector<float, 3>>>>>",
    CQL + b"udt ks.address{street: text, zip: int}",
]

TYPE_TEXTS = [
    b"map<text, frozen<list<int>>>\nvector<float, 3>\n'org.example.Odd'\nempty",
    b"address=text;int\nPerson=frozen<address>;list<frozen<address>>\nfrozen<\"Person\">\nset<frozen<address>>",
    b"a=frozen<b>\nb=frozen<a>\nc=frozen<c>\nlist<frozen<a>>",
    b"udt=int\nvector=frozen<udt>\ntuple<frozen<vector>, frozen<udt>, vector<int, 2>>",
    b"\n".join([b"t0=int;int", *(b"t%d=frozen<t%d>;frozen<t%d>" % (n, n - 1, n - 1) for n in range(1, 25)), b"t14", b"t24"]),
]


def keep(folder, data):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def keep_line(corpus, line):
    response = bytes.fromhex(line["resp"])
    keep(corpus / "fuzz-request", bytes.fromhex(line["req"]))
    for frame in (response, *map(bytes.fromhex, line.get("events", ()))):
        keep(corpus / "fuzz-response", frame)
    if response[1] & COMPRESSED:
        for algorithm in (b"\0", b"\1"):
            keep(corpus / "fuzz-compression", algorithm + response[HEADER_SIZE:])


def main(corpus, stamp, *recordings):
    for recording in recordings:
        for line in Path(recording).read_text().splitlines():
            keep_line(Path(corpus), json.loads(line))
    for data in TYPES:
        keep(Path(corpus) / "fuzz-types", data)
    for data in TYPE_TEXTS:
        keep(Path(corpus) / "fuzz-type-text", data)
    Path(stamp).touch()


main(*sys.argv[1:])
