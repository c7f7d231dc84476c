"""Makes a virtual environment once: build_environment.py DIRECTORY REQUIREMENTS MODULES.

Only one process builds; others wait for it. The lock is the kernel's, so that a killed builder leaves none behind.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import venv


def build(directory: str, requirements: str, modules: str) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    venv.create(directory, with_pip=True)
    python = os.path.join(directory, "bin", "python")
    install = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    subprocess.run([*install, "--requirement", requirements], check=True)
    subprocess.run([python, "-W", "ignore", "-c", f"import {modules}"], check=True)


def main(directory: str, requirements: str, modules: str) -> None:
    os.makedirs(os.path.dirname(directory), exist_ok=True)
    complete = os.path.join(directory, "complete")
    with open(directory + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(complete):
            return
        build(directory, requirements, modules)
        with open(complete, "w"):
            pass


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd)} ended with {error.returncode}")
