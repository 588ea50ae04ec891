"""A process that reads files for another one: `python -m index.reading_process MEGABYTES`.

On standard input comes for each file a line of JSON, {"file": NAME, "size": BYTES, "seconds": SECONDS, "fields": {}},
and then its bytes; on standard output goes a line of JSON for it: {"articles": [], "faults": {}}, or, where it cannot
be read, {"unreadable": [FILE, REASON]}. It ends when no file has come for a while.
"""

import json
import select
import sys
from datetime import date
from typing import Any

from index.article_lists import FieldMap
from index.errors import UnreadableArticle
from index.limits import limit_memory, limit_work
from index.records import Article, Mark
from index.sources import SourceFile, SourceReader

_IDLE_SECONDS = 20


def packed(article: Article) -> dict[str, Any]:
    """Return an article as JSON takes it, less its file's hash."""
    return {
        "id": article.id,
        "file": article.file,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published and article.published.isoformat(),
        "text": article.text,
        "extractor": article.extractor,
        "marks": article.marks,
        "author": article.author,
    }


def unpacked(fields: dict[str, Any], sha256: str) -> Article:
    """Return the article that `packed` was given, of a file with this hash."""
    published = date.fromisoformat(fields["published"]) if fields["published"] else None
    marks = tuple(Mark(*one) for one in fields["marks"])
    return Article(**{**fields, "published": published, "marks": marks}, sha256=sha256)


def main() -> None:
    """Read files until there is none for a while."""
    limit_memory(int(sys.argv[1]))
    while _is_given() and (line := sys.stdin.buffer.readline()):
        request = json.loads(line)
        content = sys.stdin.buffer.read(request["size"])
        limit_work(request["seconds"])
        reply = read(request["file"], content, FieldMap(**request["fields"]))
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


def read(file: str, content: bytes, fields: FieldMap) -> dict[str, Any]:
    """Return what is written of a file."""
    try:
        articles, faults = SourceReader(fields).articles(SourceFile(file, content))
    except UnreadableArticle as error:
        return {"unreadable": [error.file, error.reason]}
    return {"articles": list(map(packed, articles)), "faults": faults}


def _is_given() -> bool:
    """Wait for a file, and tell whether there is one; a pipe that was closed counts."""
    if sys.platform == "win32":  # there, only sockets can be waited for
        return True
    return bool(select.select([sys.stdin.buffer], [], [], _IDLE_SECONDS)[0])


if __name__ == "__main__":
    main()
