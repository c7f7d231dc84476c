"""Runs a command in a terminal, types a line when it is asked, and prints all that the terminal showed.

in_terminal.py LINE COMMAND [ARGUMENT]...
"""

import os
import pty
import sys


def run(line: str, command: list[str]) -> int:
    typed = False
    shown = b""

    def read(terminal: int) -> bytes:
        nonlocal typed, shown
        data = os.read(terminal, 4096)
        shown += data
        if not typed and b": " in shown:
            os.write(terminal, line.encode() + b"\r")
            typed = True
        return data

    return os.waitstatus_to_exitcode(pty.spawn(command, read))


sys.exit(run(sys.argv[1], sys.argv[2:]))
