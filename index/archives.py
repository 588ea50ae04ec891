"""The files in a zip that a document is, read within bounds whatever the zip says of their sizes."""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from index.errors import UnreadableArticle

if TYPE_CHECKING:  # it takes long to import, and few folders hold such files
    from lxml.etree import _Element  # type: ignore[import-untyped]

MAX_UNPACKED = 50_000_000  # bytes that are read of one document; a zip may unpack to a thousand times its size
MAX_ENTRIES = 20_000


_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that such documents use, and what is unpacked in steps


class DamagedPart(UnreadableArticle):
    """One of the files in a package is damaged; others may be whole."""


class Package:
    """A document that is a zip. Counts what is read of it, and raises UnreadableArticle for what cannot be."""

    def __init__(self, file: str, content: bytes) -> None:
        self._file = file
        self._left = MAX_UNPACKED
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        if len(self._archive.filelist) > MAX_ENTRIES:
            raise UnreadableArticle(file, f"it is a package of over {MAX_ENTRIES:,} files. Split it.")

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def refuse_untrue_sizes(self) -> None:
        """Read all there is once, within the bounds: who reads it after that without any finds what is stated."""
        for part in self._archive.filelist:
            self._read(part)

    def read(self, name: str) -> bytes:
        """Return what the file `name` holds. Raises KeyError where there is none, and DamagedPart."""
        return self._read(self._archive.getinfo(name))

    def _read(self, part: zipfile.ZipInfo) -> bytes:
        if part.flag_bits & 1:
            raise UnreadableArticle(self._file, "it is encrypted. Save it without a password.")
        if part.compress_type not in _PACKED_AS:
            raise DamagedPart(self._file, f"the part {part.filename} in it is packed as in no document. Save it again.")
        try:
            with self._archive.open(part) as stream:
                content = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            reason = f"the part {part.filename} in it is damaged ({error}). Save it again."
            raise DamagedPart(self._file, reason) from error
        self._left -= len(content)
        if self._left < 0:
            size = MAX_UNPACKED // 1_000_000
            raise UnreadableArticle(
                self._file, f"it unpacks to more than {size} MB. Take out its pictures, or split it."
            )
        return content

    def xml(self, name: str) -> "_Element":
        """Return the root of an XML file. Entities are neither expanded nor looked up."""
        from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        root = etree.fromstring(self.read(name), parser)
        doctype = root.getroottree().docinfo.internalDTD
        if doctype is not None and any(True for _ in doctype.iterentities()):
            raise UnreadableArticle(self._file, "it defines XML entities, which its kind never does. Save it again.")
        return root
