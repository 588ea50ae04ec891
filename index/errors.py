"""What can go wrong in the index, each with a message that names the thing and the remedy.

IndexingError
├── CorpusError              the folder itself: missing, not a folder, not readable
├── UnreadableArticle        one file: empty, binary, too large, not decodable
├── DataFolderError          the data folder: cannot be made or written
│   └── DataFolderInUse      another process owns it
├── CatalogueError           SQLite: damaged, full disk, of another schema
├── VectorStoreError         Chroma: cannot be opened, read or written
└── ModelFileError           a shipped model file is missing or damaged
"""


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


class CatalogueError(IndexingError):
    """The catalogue cannot be opened, read or written."""


class VectorStoreError(IndexingError):
    """The vector store cannot be opened, read or written."""


class ModelFileError(IndexingError):
    """A model file that ships with Footnote is missing or damaged."""
