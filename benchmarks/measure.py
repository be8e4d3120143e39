"""What a command costs: its time, its processor time, and the peak memory of each of its processes.

>>> cost = run(["true"])
>>> cost.failed, cost.wall < 60
('', True)
>>> run(["false"]).failed
'exit code 1: '
"""
import os
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PAUSE = 0.1     # seconds between two looks at the processes
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """Of a command with its child processes."""
    wall: float                     # seconds
    cpu: float                      # seconds of user and system time
    peaks: list[int] = field(default_factory=list)      # bytes of memory at most, each process, the first one first
    output: str = ""                # standard output
    failed: str = ""                # why, empty when all went well


def run(command: list[str], **environment: str) -> Cost:
    """Run a command to its end. Memory, and the time of processes that it leaves behind, are known on Linux only."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    peaks: dict[int, int] = {}
    spent: dict[int, float] = {}
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors, env=os.environ | environment)
        while process.poll() is None:
            for pid in _family(process.pid):
                peak, cpu = _look(pid)
                peaks[pid] = max(peaks.get(pid, 0), peak)
                spent[pid] = max(spent.get(pid, 0), cpu)
            time.sleep(PAUSE)
        wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
        output.seek(0)
        errors.seek(0)
        failed = f"exit code {process.returncode}: {errors.read()[-300:]}" if process.returncode else ""
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Cost(wall, max(cpu, sum(spent.values())), [peaks[pid] for pid in sorted(peaks)], output.read(), failed)


def _family(pid: int) -> list[int]:
    """A process and all that it began."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _look(pid: int) -> tuple[int, float]:
    """Bytes of memory that a process had at most, and seconds that it spent."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0, 0.0
    peak = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
    return peak, sum(map(int, times)) / TICK
