"""Reads damaged forms, thousands of them: each is read or refused, and nothing else happens.

``python -m scripts.fuzz_forms [COUNT] [SEED]``. Reading must end with a :class:`Reading` or an
error of planforms, within a second, and must not repeat what stands in the file.
"""

from __future__ import annotations

import io
import json
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

import planforms as pf
from planforms.document import FieldType
from planforms.forms.identity import identity_of
from planforms.readback.sniffing import READERS
from planforms.writers import FILLABLE
from planforms.writing import to_bytes

COUNT = 10_000
LONGEST_SECONDS = 1.0
SECRET = "Hemmelig Ødegård"
"""Stands in the fields of every form, and in no message."""
FORMS = (("consent", "molde"), ("action_plan", "hjortmossen"), ("complaint", "vivirk"))
TOKENS = (
    *(b"/Kids", b"/Parent", b"/V", b"/Fields", b"/AcroForm", b"/Encrypt", b"/Root", b"/Length 9"),
    *(b" 0 R", b"<<", b">>", b"[", b"]", b"stream", b"endstream", b"/FlateDecode", b"\xfe\xff"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<w:sdt>", b"</w:sdt>", b"w:tag", b"\0", b"{"),
    *(b"}", b'"values"', b"1e999", b"null", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"../", b"%s"),
)
WRONG: tuple[Any, ...] = (None, True, -1, 1e300, "", [], {}, [None], {"a": {}}, "x" * 50_000, "\0")
PATHS = ("kind", "status", "case", "goals[0]", "goals[199].text", "goals[200].text", "a[", "..", "")


@dataclass
class Findings:
    """What came of many readings.

    Attributes:
        outcomes: how often each end was met: ``read``, or the code of an error.
        wrong: what must not happen, told without the file.
        slowest: the longest that one took, in seconds.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def run(count: int, seed: int = 0) -> Findings:
    """Read so many damaged forms."""
    found = Findings()
    chance = Random(seed)
    for number in range(count):
        content = damaged(chance.choice(forms()), chance)
        begun = time.process_time()
        try:
            told = _outcome(content)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
            found.wrong.append(f"no. {number} of seed {seed}: {type(error).__name__} at {where}")
            told = "wrong"
        found.outcomes[told] += 1
        found.slowest = max(found.slowest, time.process_time() - begun)
    return found


def _outcome(content: bytes) -> str:
    """What became of a file.

    Raises:
        AssertionError: a message repeats what stands in it.
    """
    try:
        reading = pf.read(content)
    except pf.PlanformsError as error:
        problems, told = error.problems, error.problems[0].code
    else:
        problems, told = reading.problems, "read"
    if SECRET.split()[0] in str(problems):
        raise AssertionError
    return told


@cache
def forms() -> tuple[bytes, ...]:
    """Forms that were filled in, in every format that there is."""
    return tuple(content for kind, service in FORMS for content in _forms_of(kind, service))


def _forms_of(kind: str, service: str) -> Iterator[bytes]:
    document = pf.blank(kind, service=service)
    values: dict[str, Any] = {}
    for path, place in document.places.items():
        if not place.fixed and (place.options or place.type in (FieldType.LINE, FieldType.TEXT)):
            values[path] = [key for key, _ in place.options][:1] or SECRET
    yield json.dumps({"planforms": str(identity_of(document)), "values": values}).encode()
    known = {"case": {"participant": {"name": SECRET, "birth_date": "1999-02-03"}}}
    for format in sorted(READERS.keys() & FILLABLE):
        yield to_bytes(pf.blank(kind, service=service, data=known), format, fillable=True)


# --- damage ---------------------------------------------------------------------------------


def damaged(content: bytes, chance: Random) -> bytes:
    """A file with some damage, of its bytes or of what is packed in it."""
    if content.startswith(b"{") and chance.random() < 0.6:
        return _changed_json(content, chance)
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _changed_archive(content, chance)
    return _changed_bytes(content, chance)


def _changed_bytes(content: bytes, chance: Random) -> bytes:
    """The bytes with up to five changes."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        chance.choice(_CHANGES)(data, chance)
    return bytes(data)


def _cut(data: bytearray, chance: Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _flip(data: bytearray, chance: Random) -> None:
    for _ in range(chance.randint(1, 20) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _drop(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data) + 1)
    del data[start : start + chance.randint(1, 2_000)]


def _repeat(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = data[start : start + chance.randint(1, 500)] * chance.randint(1, 20)


def _put_token(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = chance.choice(TOKENS)


def _swap_token(data: bytearray, chance: Random) -> None:
    old, new = chance.choice(TOKENS), chance.choice(TOKENS)
    data[:] = data.replace(old, new, chance.randint(1, 3))


_CHANGES: tuple[Callable[[bytearray, Random], None], ...] = (
    *(_cut, _flip, _drop, _repeat, _put_token, _swap_token, _swap_token),
)


def _changed_json(content: bytes, chance: Random) -> bytes:
    saved = json.loads(content)
    values = saved["values"]
    for _ in range(chance.randint(1, 4)):
        path = chance.choice([*values, *PATHS])
        values[path] = chance.choice([*WRONG, "1/6", "6/13/2026", "010626", ["a", "b"], SECRET])
    if chance.random() < 0.2:
        saved[chance.choice(["planforms", "values", "more"])] = chance.choice(WRONG)
    return json.dumps(saved).encode()


def _changed_archive(content: bytes, chance: Random) -> bytes:
    """An archive with damage within one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        parts = source.infolist()
        hurt = chance.choice(parts)
        for part in parts:
            inner = source.read(part)
            inner = _changed_bytes(inner, chance) if part is hurt else inner
            if part is not hurt or chance.random() < 0.9:
                made.writestr(part, inner)
    return target.getvalue()


def main(count: int = COUNT, seed: int = 0) -> int:
    """Read so many damaged forms and tell what came of it; 1 if something is wrong."""
    found = run(count, seed)
    for told, number in found.outcomes.most_common():
        print(f"{number:>7}  {told}")
    print(f"slowest: {found.slowest:.2f} s")
    for line in found.wrong[:20]:
        print(line)
    return 1 if found.wrong or found.slowest > LONGEST_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
