"""Keep the vector store equal to the catalogue, and make it anew from there when it is damaged.

Chroma cannot rebuild what it lost and may load damaged files without a word, so it is examined at each start: its
files against what they held when they were closed (or, after a kill, by reading them in another process), counts and
ids, a sample of its vectors against the catalogue's, and searches whose answer is known. Embeds nothing.
"""

import hashlib
import logging
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.embedding import Vectors
from index.errors import VectorStoreError
from index.probe import survives_reading
from index.schema import CATALOGUE_FILE
from index.vectors import VectorRecord, VectorStore

log = logging.getLogger(__name__)

_FOLDER = "vectors-"
_FOLDER_NOTE = "vectors_folder"
_SEAL_NOTE = "vectors_seal"
_SAMPLE = 100  # chunks whose vectors are compared and looked up; every chunk of a small index
_SAME_VECTOR = 0.999  # the least cosine of a vector to itself after storage
# The graph index is approximate and may miss a vector's own place once in a while; damage misses many. So do dozens of
# near copies of every passage, for which a rebuild is no remedy: what it missed when it was sound is noted.
_MISSES_ALLOWED = 0.05
_MISSES_NOTE = "vectors_misses"  # how many of the sample, and among how many vectors
_GROWN = 1.1  # so many times the vectors that there were call for another count
# Up to this share of chunks missing or left over is what a killed process leaves; beyond it a rebuild is quicker.
_REPAIRED_IN_PLACE = 0.3


def open_vectors(catalogue: Catalogue, data: Path) -> VectorStore:
    """Return the vector store of the data folder `data`, equal to the catalogue; repaired or rebuilt where needed."""
    name = catalogue.note(_FOLDER_NOTE)
    _remove_others(data, name)
    if name is None:
        return rebuild(catalogue, data)
    fault = _fault_of_files(catalogue, data / name)
    catalogue.keep_note(_SEAL_NOTE, "")
    store = None
    if fault is None:
        try:
            store = VectorStore(data / name)
            repair(catalogue, store)
            fault = examine(catalogue, store)
        except VectorStoreError as error:
            fault = str(error)
    if fault is None and store is not None:
        return store
    log.warning("the vectors are made anew from the catalogue: %s", fault)
    if store is not None:
        store.close()
    return rebuild(catalogue, data)


def close_vectors(catalogue: Catalogue, store: VectorStore) -> None:
    """Close the store and note what its files hold, by which the next start knows that they are as they were left."""
    if catalogue.counts()[1] > _GROWN * _noted(catalogue)[1]:
        _count_misses(catalogue, store)
    store.close()
    catalogue.keep_note(_SEAL_NOTE, _seal(store.folder))


def _fault_of_files(catalogue: Catalogue, folder: Path) -> str | None:
    if not folder.is_dir():
        return f"the folder {folder.name} is missing"
    sealed = catalogue.note(_SEAL_NOTE)
    if sealed:
        return None if sealed == _seal(folder) else f"the files in {folder.name} are not as they were left"
    # The process that used it was killed. Its files may be sound or not; opening damaged ones may crash this process.
    return None if survives_reading(folder) else f"the files in {folder.name} cannot be read"


def _seal(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def rebuild(catalogue: Catalogue, data: Path) -> VectorStore:
    """Make a new store from the catalogue's vectors, switch over to it, and remove the old one.

    A process that is killed before the switch leaves the old one in use; one killed after it, only litter, which the
    next start removes.
    """
    current = catalogue.note(_FOLDER_NOTE)
    number = int(current.removeprefix(_FOLDER)) + 1 if current else 1
    folder = data / f"{_FOLDER}{number}"
    catalogue.keep_note(_SEAL_NOTE, "")
    shutil.rmtree(folder, ignore_errors=True)
    store = VectorStore(folder)
    unsettled = catalogue.unsettled()
    for ids in _batches(catalogue.chunk_ids()):
        store.upsert(_records(catalogue, ids))
    _count_misses(catalogue, store)
    catalogue.keep_note(_FOLDER_NOTE, folder.name)
    catalogue.settled(unsettled)
    _remove_others(data, folder.name)
    return store


def switch_over(catalogue: Catalogue, building: Path, data: Path) -> None:
    """Put the index in the folder `building` in the place of the one in `data`, and remove the old one.

    `catalogue` is that of `building` and is closed here; its vector store must be closed already (`close_vectors`).
    The catalogue names its vectors' folder, so replacing the one file switches both.
    """
    taken = [int(folder.name.removeprefix(_FOLDER)) for folder in data.glob(f"{_FOLDER}*")]
    folder = data / f"{_FOLDER}{max(taken, default=0) + 1}"
    built = building / (catalogue.note(_FOLDER_NOTE) or "")
    catalogue.keep_note(_FOLDER_NOTE, folder.name)
    catalogue.close()
    built.rename(folder)
    # What the old catalogue had not yet taken from its log must not be read into the new one.
    for suffix in ("-wal", "-shm"):
        (data / f"{CATALOGUE_FILE}{suffix}").unlink(missing_ok=True)
    (building / CATALOGUE_FILE).replace(data / CATALOGUE_FILE)
    shutil.rmtree(building, ignore_errors=True)
    _remove_others(data, folder.name)


def repair(catalogue: Catalogue, store: VectorStore) -> int:
    """Put right the differences that a killed process leaves, and return how many chunks they concerned.

    Raises VectorStoreError when there are too many for that.
    """
    unsettled = catalogue.unsettled()
    settle(catalogue, store, unsettled)
    wanted, present = set(catalogue.chunk_ids()), store.ids()
    astray = sorted(wanted ^ present)
    if len(astray) > max(1_000, _REPAIRED_IN_PLACE * len(wanted)):
        raise VectorStoreError(f"{len(wanted - present)} vectors are missing and {len(present - wanted)} are left over")
    settle(catalogue, store, astray)
    return len(unsettled) + len(astray)


def settle(catalogue: Catalogue, store: VectorStore, chunk_ids: Sequence[str]) -> None:
    """Make the store hold those of these chunks that the catalogue has, and none of the others."""
    for ids in _batches(chunk_ids):
        records = _records(catalogue, ids)
        held = {record.chunk_id for record in records}
        store.upsert(records)
        store.delete([chunk_id for chunk_id in ids if chunk_id not in held])
        catalogue.settled(ids)


def examine(catalogue: Catalogue, store: VectorStore) -> str | None:
    """Return what is wrong with the store, in words, or None when it is equal to the catalogue, as far as one sees."""
    ids = catalogue.chunk_ids()
    if store.count() != len(ids):
        return f"it holds {store.count()} vectors and the catalogue {len(ids)}"
    if not ids:
        return None
    sample = _sample(ids)
    expected = catalogue.vectors_of(sample)
    stored = store.vectors(sample)
    if len(stored) != len(sample):
        return f"{len(sample) - len(stored)} of {len(sample)} vectors looked at are missing"
    cosines = [float(np.dot(expected[chunk_id], stored[chunk_id])) for chunk_id in sample]
    if min(cosines) < _SAME_VECTOR:
        return f"{sum(cosine < _SAME_VECTOR for cosine in cosines)} of {len(sample)} vectors looked at have changed"
    misses = _misses(store, expected.values())
    if misses > _noted(catalogue)[0] + _MISSES_ALLOWED * len(sample):
        return f"{misses} of {len(sample)} vectors are not found by a search for themselves"
    return None


def _sample(chunk_ids: Sequence[str]) -> Sequence[str]:
    return chunk_ids[:: max(1, len(chunk_ids) // _SAMPLE)]


def _count_misses(catalogue: Catalogue, store: VectorStore) -> None:
    ids = catalogue.chunk_ids()
    misses = _misses(store, catalogue.vectors_of(_sample(ids)).values())
    catalogue.keep_note(_MISSES_NOTE, f"{misses} {len(ids)}")


def _noted(catalogue: Catalogue) -> tuple[int, int]:
    misses, vectors = (catalogue.note(_MISSES_NOTE) or "0 0").split()
    return int(misses), int(vectors)


def _misses(store: VectorStore, vectors: Iterable[Vectors]) -> int:
    return sum(not _finds_itself(store, vector) for vector in vectors)


def _finds_itself(store: VectorStore, vector: Vectors) -> bool:
    # By nearness, not by id: chunks of the same words have the same vector.
    hits = store.search(vector, 1)
    return bool(hits) and hits[0][1] >= _SAME_VECTOR


def _records(catalogue: Catalogue, chunk_ids: Sequence[str]) -> list[VectorRecord]:
    vectors = catalogue.vectors_of(chunk_ids)
    passages = catalogue.passages(vectors)
    return [
        VectorRecord(chunk_id, vectors[chunk_id], passage.publisher, passage.published)
        for chunk_id, passage in passages.items()
    ]


def _batches(chunk_ids: Sequence[str], size: int = 1_000) -> Iterator[Sequence[str]]:
    for first in range(0, len(chunk_ids), size):
        yield chunk_ids[first : first + size]


def _remove_others(data: Path, kept: str | None) -> None:
    for folder in data.glob(f"{_FOLDER}*"):
        if folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)
