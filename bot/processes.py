"""Work in a process of its own: what a file of a stranger does there cannot hurt the bot."""

import contextlib
import importlib
import json
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from bot.errors import SpbeError

try:
    import resource
except ImportError:  # Windows has no such limits; time is limited there all the same
    resource = None  # type: ignore[assignment]

_MOST_RESULT = 256 * 1024 * 1024
_MEND = "Perbaikan: pecah berkasnya, atau simpan ulang sebagai berkas yang lebih sederhana."
_STOPPED = f"Pembacaan berkas ini terhenti: terlalu berat atau rusak. {_MEND}"


class IsolationError(SpbeError):
    """Work in its own process broke a limit or ended without a result."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use.

    Attributes:
        seconds: Wall clock, its own children included.
        cpu_seconds: Processor time of the process itself.
        memory: Bytes of address space beyond what the started interpreter takes.
    """

    seconds: float = 300.0
    cpu_seconds: int = 120
    memory: int = 1024 * 1024 * 1024


def follow_parent() -> None:
    """Leave the signals of the terminal to the parent, and end when it is gone, even killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def call(target: str, *arguments: Any, limits: Limits | None = None) -> Any:
    """Run a function in a new process under limits; blocks until it is done.

    Args:
        target: ``module:function``; what it returns must be plain JSON. Nothing that the process
            sends is unpickled here, since a file may have taken it over.
        arguments: Handed to the function.
        limits: What the process may use.

    Returns:
        What the function returned.

    Raises:
        IsolationError: A limit was broken, or the process died.
        SpbeError: The function raised one; the message is the same.
    """
    limits = limits or Limits()
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_work, args=(theirs, target, arguments, limits), daemon=False)
    process.start()
    theirs.close()
    try:
        answer = _received(ours, process.sentinel, limits.seconds)
    finally:
        ours.close()
        _end_group(process.pid)
        process.kill()
        process.join()
        process.close()
    if "error" in answer:
        raise SpbeError(str(answer["error"]))
    if "trouble" in answer:
        raise IsolationError(str(answer["trouble"]))
    return answer["result"]


def _received(ours: Connection, sentinel: int, seconds: float) -> dict[str, Any]:
    # The end of the process shows first when it was killed; what it sent before still counts.
    wait([ours, sentinel], timeout=seconds)
    if not ours.poll():
        if not wait([sentinel], timeout=0):
            raise IsolationError(
                f"Berkas ini terlalu lama dibaca (lebih dari {seconds:.0f} detik). {_MEND}"
            )
        raise IsolationError(_STOPPED)
    try:
        answer = json.loads(ours.recv_bytes(_MOST_RESULT))
    except (EOFError, OSError, ValueError) as error:
        raise IsolationError(_STOPPED) from error
    if not isinstance(answer, dict) or not answer.keys() & {"error", "trouble", "result"}:
        raise IsolationError(_STOPPED)
    return answer


def _work(pipe: Connection, target: str, arguments: tuple[Any, ...], limits: Limits) -> None:
    if hasattr(os, "setsid"):
        os.setsid()  # so that programs it starts end with it
    follow_parent()
    try:
        if hasattr(os, "nice"):
            os.nice(10)  # people who ask come first
        module, _, name = target.partition(":")
        function = getattr(importlib.import_module(module), name)
        _limit(limits)
        answer = {"result": function(*arguments)}
    except SpbeError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"trouble": f"Berkas ini memerlukan terlalu banyak memori. {_MEND}"}
    except RecursionError:
        answer = {"trouble": f"Susunan berkas ini terlalu dalam. {_MEND}"}
    pipe.send_bytes(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _limit(limits: Limits) -> None:
    if resource is None:
        return
    # More processor time than that ends the process by a signal, more memory by an error.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = _address_space()
    if used:
        resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory, used + limits.memory))


def _address_space() -> int:
    """Return the bytes of address space in use; 0 where the system does not tell (macOS)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no Path needed
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _end_group(pid: int | None) -> None:
    """Kill what the process started; none are left when it is no leader of a group (yet)."""
    if pid is None or not hasattr(os, "killpg"):
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)
