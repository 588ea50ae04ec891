"""What this process may take: memory, and time of the processor. Where the system can bind neither, nothing is bound.

Only the system ends native code, and only the end of a process gives back what it took.
"""

from types import ModuleType


def limit_memory(megabytes: int) -> None:
    """Bound what memory this process may take: more of it fails, as a MemoryError or by its end."""
    if system := _resource():
        _lower(system, system.RLIMIT_AS, megabytes * 1_000_000)
        _lower(system, system.RLIMIT_CORE, 0)


def limit_work(seconds: int) -> None:
    """Have this process end with SIGXCPU when it has worked that much longer from now on."""
    if system := _resource():
        used = system.getrusage(system.RUSAGE_SELF)
        _lower(system, system.RLIMIT_CPU, round(used.ru_utime + used.ru_stime) + seconds)


def _resource() -> ModuleType | None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return None
    return resource


def _lower(system: ModuleType, kind: int, most: int) -> None:
    allowed = system.getrlimit(kind)[1]
    system.setrlimit(kind, (most if allowed == system.RLIM_INFINITY else min(most, allowed), allowed))
