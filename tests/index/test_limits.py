"""What bounds a process is set in it, and ends nothing else."""

import signal
import subprocess
import sys

import pytest


def ended(code: str) -> int:
    return subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=False, timeout=60).returncode


@pytest.mark.parametrize("before", ["", "sum(range(30_000_000));"])
def test_a_process_works_for_so_many_seconds_more_and_no_longer(before: str):
    busy = "from index.limits import limit_work;{} limit_work(1);\nwhile True: pass"
    assert ended(busy.format(before)) == -signal.SIGXCPU


def test_a_process_takes_so_much_memory_and_no_more():
    assert ended("from index.limits import limit_memory; limit_memory(500); bytes(200_000_000)") == 0
    assert ended("from index.limits import limit_memory; limit_memory(500); bytes(600_000_000)") == 1
