"""Too little memory: seen before native code is asked for more than there is, and known by what failed for want of it.

Libraries say so in many words or in none, and some end the process.
"""

from index.errors import TooLittleMemory

_TO_OPEN = 800_000_000  # bytes that an index and the models ask for; they use less than half of them
_NEEDED = 200_000_000  # bytes; with less to be had, what just failed may well have asked for more
_SIGNS = ("allocat", "bad_alloc", "out of memory", "failed to map segment")


def is_want_of_memory(error: BaseException) -> bool:
    """Tell whether an error comes of too little memory, by its words or by trying to get some."""
    if isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _SIGNS):
        return True
    return not _is_to_be_had(_NEEDED)


def refuse_too_little_memory() -> None:
    """Raise TooLittleMemory where an index and the models cannot have what they ask for."""
    if not _is_to_be_had(_TO_OPEN):
        raise TooLittleMemory


def _is_to_be_had(size: int) -> bool:
    try:
        bytearray(size)  # asked for and not used: it costs nothing where there is enough
    except MemoryError:
        return False
    return True
