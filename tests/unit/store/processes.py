"""Work in a process of its own, which may die at any line."""

import os
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def fork(work: Callable[[int], object]) -> tuple[int, int]:
    """Its id, and the end of a pipe from which to read what it writes to the file it is handed."""
    out, into = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # 3.12 warns when other tests left threads; ours takes no lock
        child = os.fork()
    if child == 0:
        try:
            os.close(out)
            work(into)
        except BaseException:  # noqa: BLE001 - it goes no further than this process
            traceback.print_exc()  # pytest shows it beside the failure
        finally:
            os._exit(0)
    os.close(into)
    return child, out


def in_a_process(work: Callable[[int], object]) -> int:
    """Run it to its end; how many octets it had written to the given file by then."""
    child, out = fork(work)
    with os.fdopen(out, "rb") as said:
        octets = len(said.read())
    os.waitpid(child, 0)
    return octets


@contextmanager
def running(work: Callable[[int], object]) -> Iterator[None]:
    """From its first written octet on, until it is killed."""
    child, out = fork(work)
    try:
        assert os.read(out, 1), "it died before it began"
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(out)
