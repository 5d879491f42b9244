"""Servers to be measured: our app and the small apps beside it, each a process of its own with the same settings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
OURS = "Rasid"


@dataclass(frozen=True)
class Server:
    """A running app; ``started`` is how long it took to answer (s)."""

    kind: str
    address: str
    pid: int
    started: float

    def memory(self) -> tuple[float, float]:
        """MB that the process holds in all, and those of it that are no mirror of files."""
        said = Path(f"/proc/{self.pid}/status").read_text()
        return tuple(int(said.split(f"{name}:")[1].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))  # type: ignore[return-value]

    def peak(self) -> float:
        """MB that it held at most so far."""
        return int(Path(f"/proc/{self.pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024

    def forget_peak(self) -> None:
        """Let the peak begin anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


@contextmanager
def serve(kind: str, events: Path, var: Path | None = None) -> Iterator[Server]:
    """Run ``OURS`` or a kind of ``map_baseline.py`` on a free loopback port; ours packs large tables into ``var``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = "app.py" if kind == OURS else "benchmarks/map_baseline.py"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    environment = {**os.environ, "BENCH_KIND": kind, "BENCH_EVENTS": str(events), "RASID_EVENTS": str(events)}
    environment |= {"RASID_VAR": str(var)} if var else {}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(kind, f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(1200):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the app did not start")
