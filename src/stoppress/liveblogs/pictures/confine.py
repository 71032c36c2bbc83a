"""Takes a process its own rights away, for good: memory, time, disk, network, other programs.

Called by `child.py` before it reads a byte of a picture. May import `lib`. What a system has no bound for is
left out: Linux has them all, others only those of POSIX.
"""

import contextlib
import ctypes
import os
import platform
import sys
from itertools import chain
from typing import Final, TypeAlias

from stoppress.lib import limits

_Step: TypeAlias = tuple[int, int, int, int]  # struct sock_filter: code, jump if true, jump if false, value

# linux/filter.h, linux/seccomp.h, linux/prctl.h
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # refuse: the call fails with EPERM
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_CALL_AT, _MACHINE_AT, _FLAGS_AT = 0, 4, 32  # in struct seccomp_data; openat's flags are its third argument
_WRITING: Final = 0o1 | 0o2 | 0o100  # O_WRONLY, O_RDWR, O_CREAT
_X32 = 0x40000000  # the other numbering of calls on x86-64

# For each machine: its name in the kernel, openat's number, and the calls that are refused: sockets, starting
# or stopping processes, changing files by name, and ways round this filter (io_uring, openat2).
_MACHINES: Final = {
    "x86_64": (
        0xC000003E,
        257,
        (
            *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # sockets
            *(56, 57, 58, 59, 322, 435, 62, 200, 234, 101, 310, 311),  # processes
            *(2, 76, 82, 83, 85, 86, 87, 88, 90, 258, 263, 264, 265, 266, 268, 316, 437, 425),  # files
        ),
    ),
    "aarch64": (
        0xC00000B7,
        56,
        (
            *(198, 199, 200, 201, 202, 203, 206, 211, 242, 269),
            *(220, 221, 281, 435, 129, 130, 131, 117, 270, 271),
            *(34, 35, 36, 37, 38, 45, 53, 276, 437, 425),
        ),
    ),
}


def confine() -> None:
    """From now on this process can only read, count and answer; what would be too much kills it."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (not there on Windows)

    os.nice(limits.PICTURE_NICENESS)
    for what, most in (
        (resource.RLIMIT_AS, limits.PICTURE_MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.PICTURE_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.PICTURE_ANSWER_BYTES),
        (resource.RLIMIT_NOFILE, limits.PICTURE_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system that has no such bound
            resource.setrlimit(what, (most, most))
    if sys.platform == "linux" and platform.machine() in _MACHINES:
        _filter_calls(_program(*_MACHINES[platform.machine()]))


def _program(machine: int, open_at: int, refused: tuple[int, ...]) -> list[_Step]:
    """The filter: another machine's calls and the refused ones fail; openat only reads; the rest is free."""
    calls = [(_EQUAL, call) for call in refused] + [(_AT_LEAST, _X32)]
    after = len(calls) + 4  # steps from the first of `calls` to the refusal
    return [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, after + 1, machine),
        (_LOAD, 0, 0, _CALL_AT),
        *((test, after - 1 - place, 0, value) for place, (test, value) in enumerate(calls)),
        (_EQUAL, 0, 2, open_at),
        (_LOAD, 0, 0, _FLAGS_AT),
        (_ANY_BIT, 1, 0, _WRITING),
        (_ANSWER, 0, 0, _ALLOW),
        (_ANSWER, 0, 0, _REFUSE),
    ]


def _filter_calls(program: list[_Step]) -> None:
    """Install it; a kernel without such filters goes on without."""
    libc = ctypes.CDLL(None, use_errno=True)

    class Step(ctypes.Structure):
        _fields_ = (
            ("code", ctypes.c_ushort),
            ("jt", ctypes.c_ubyte),
            ("jf", ctypes.c_ubyte),
            ("k", ctypes.c_uint32),
        )

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(Step)))

    steps = (Step * len(program))(*chain(Step(*step) for step in program))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        libc.prctl(_SECCOMP, _FILTER, ctypes.byref(Program(len(program), steps)), 0, 0)
