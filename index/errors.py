"""What can go wrong in the index, each with a message that names the thing and the remedy.

IndexingError
├── CorpusError              the folder itself: missing, not a folder, not readable
├── UnreadableArticle        one file: empty, binary, too large, not decodable
├── DataFolderError          the data folder: cannot be made or written
│   ├── DataFolderInUse      another process owns it
│   └── DiskFull             no room is left there
├── CatalogueError           SQLite: damaged, full disk, of another schema
├── VectorStoreError         Chroma: cannot be opened, read or written
├── ModelFileError           a shipped model file is missing or damaged
└── TooLittleMemory          the models and the vectors do not find room in it
"""

from pathlib import Path


class IndexingError(Exception):
    """The root of the index's errors; `str(error)` is fit for a user."""


class CorpusError(IndexingError):
    """The folder of articles cannot be used."""


class UnreadableArticle(IndexingError):
    """One file cannot become an article; the rest of its folder can."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class DataFolderError(IndexingError):
    """The data folder cannot be made, read or written."""


class DataFolderInUse(DataFolderError):
    """Another process owns the data folder; `address` is where it serves and `corpus` what, when it does."""

    def __init__(self, message: str, address: str | None, corpus: str | None) -> None:
        super().__init__(message)
        self.address = address
        self.corpus = corpus


class DiskFull(DataFolderError):
    """There is no room left for the data folder; what is in it can be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The disk of {folder} is full. Make room there, then index again.")


class CatalogueError(IndexingError):
    """The catalogue cannot be opened, read or written."""


class VectorStoreError(IndexingError):
    """The vector store cannot be opened, read or written."""


class ModelFileError(IndexingError):
    """A model file that ships with Footnote is missing or damaged."""


class TooLittleMemory(IndexingError):
    """There is too little memory for the models and the vectors."""

    def __init__(self) -> None:
        super().__init__(
            "There is too little memory: some 1.5 GB are needed. Close other programs, or raise its limit."
        )
