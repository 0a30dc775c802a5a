"""What somebody sees at a terminal while a check takes its time."""

import os
import pty
import subprocess
import threading
import time

from conftest import ROLELINT


def slow_check(folder, *args, terminal):
    """Checks a file that takes a second to arrive; returns what standard error showed."""
    fifo = folder / "slow.roles.yaml"
    os.mkfifo(fifo)

    def write():
        with fifo.open("w") as file:
            time.sleep(1)
            file.write("team: a\nroles: {product-manager: ana, product-owner: ben}\n")

    writer = threading.Thread(target=write)
    writer.start()
    command = [ROLELINT, "check", fifo.name, *args]
    if not terminal:
        done = subprocess.run(command, cwd=folder, capture_output=True)
        writer.join()
        return done.stderr.decode()
    master, slave = pty.openpty()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 1024)
        except OSError:
            break
        if not part:
            break
        seen += part
    process.wait()
    writer.join()
    os.close(master)
    return seen.decode()


def test_a_bar_shows_after_a_while_and_is_gone_in_the_end(tmp_path):
    seen = slow_check(tmp_path, terminal=True)
    frames = seen.split("\r\x1b[K")
    assert frames[0] == "" and frames[-1] == ""
    assert set(frames[1:-1]) == {f"Checking [{' ' * 30}] 0 of 1 files"}
    # Half a second without, then ten a second.
    assert 2 <= len(frames[1:-1]) <= 8


def test_there_is_none_in_a_pipe(tmp_path):
    assert slow_check(tmp_path, terminal=False) == ""


def test_there_is_none_when_it_should_be_quiet(tmp_path):
    assert slow_check(tmp_path, "--quiet", terminal=True) == ""
