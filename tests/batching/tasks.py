"""What the pools of these tests are told to do; a worker imports it from here."""

from __future__ import annotations

import os
import signal
import threading
import time


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    while True:
        time.sleep(0.01)


def spin() -> None:
    while True:
        pass


def eat_memory() -> int:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_while_answering() -> bytes:
    threading.Timer(0.2, die).start()
    return bytes(200_000_000)


def own_pid() -> int:
    return os.getpid()


def fail() -> None:
    raise LookupError("as expected")


def answer_with_what_cannot_be_sent() -> object:
    return threading.Lock()
