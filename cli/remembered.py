"""Which folder of articles the index in a data folder was made of; it is kept beside the index.

A sync makes the index equal to a folder: told another one, it would take every article of the first out.
"""

import json
from contextlib import suppress
from pathlib import Path

from cli.settings import Settings
from index.errors import CorpusError, DataFolderError
from index.schema import CATALOGUE_FILE

_NOTE = "corpus.json"  # in the data folder


def with_its_corpus(settings: Settings) -> Settings:
    """Return settings with the folder that the index was made of, where none is named.

    Raises CorpusError where that folder is gone.
    """
    known = corpus_of(settings.data)
    if known is None or _is_named(settings, "corpus"):
        return settings
    if not known.is_dir():
        raise CorpusError(
            f"The index in {settings.data} was made of {known}, which is not there. Name where the articles are now, "
            "with --replace."
        )
    return settings.model_copy(update={"corpus": known})


def keep_to(settings: Settings, *, replace: bool) -> None:
    """Note that the index in the data folder is made of this corpus.

    Raises DataFolderError where it was made of another, unless that is to be replaced. The data folder must be owned.
    """
    known, named = corpus_of(settings.data), settings.corpus.resolve()
    if not replace and known and known != named:
        raise DataFolderError(
            f"The index in {settings.data} was made of {known}: with {settings.corpus}, its articles would leave it. "
            "Choose another folder for the index with --data, or let the new ones take their place with --replace."
        )
    is_unknown = known is None and (settings.data / CATALOGUE_FILE).exists()
    if not replace and is_unknown and _is_named(settings, "data") and not _is_named(settings, "corpus"):
        raise DataFolderError(
            f"Which folder the index in {settings.data} was made of is not known. Name that folder of articles."
        )
    (settings.data / _NOTE).write_text(json.dumps({"corpus": str(named)}), encoding="utf-8")


def corpus_of(data: Path) -> Path | None:
    """Return the folder that the index in `data` was made of; None where nothing readable says so."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Path(json.loads((data / _NOTE).read_text(encoding="utf-8"))["corpus"])
    return None


def _is_named(settings: Settings, field: str) -> bool:
    return field in settings.model_fields_set
