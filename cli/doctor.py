"""`footnote doctor`."""

from collections.abc import Callable, Iterator

from cli.assemble import catalogue_file, open_index
from cli.settings import Settings
from index.embedding import MiniLMEmbedder
from index.errors import CorpusError, DataFolderError, IndexingError, UnreadableArticle
from index.ownership import Ownership
from index.reading import article_files, read_article

Check = Callable[[Settings], Iterator[str]]


def examine(settings: Settings) -> bool:
    """Print a line for each thing looked at, with the remedy where something is wrong; tell whether all is well."""
    checks: dict[str, Check] = {
        "models": _models,
        "articles": _articles,
        "index": _index,
    }
    well = True
    for name, check in checks.items():
        try:
            for line in check(settings):
                print(f"ok     {name}: {line}")
        except IndexingError as error:
            well = False
            print(f"wrong  {name}: {error}")
    return well


def _models(_settings: Settings) -> Iterator[str]:
    embedder = MiniLMEmbedder()
    vectors = embedder.embed(["A question and its answer."])
    yield f"{embedder.name} answers, {vectors.shape[1]} wide"


def _articles(settings: Settings) -> Iterator[str]:
    files = list(article_files(settings.corpus))
    if not files:
        raise CorpusError(f"{settings.corpus} holds no article (.txt or .md). Put some there, or name another folder.")
    unreadable = []
    for file in files:
        try:
            read_article(settings.corpus, file)
        except UnreadableArticle as error:
            unreadable.append(str(error))
    if unreadable:
        raise CorpusError(f"{len(unreadable)} of {len(files)} files cannot be read: " + " ".join(unreadable))
    yield f"{len(files)} in {settings.corpus}, all readable"


def _index(settings: Settings) -> Iterator[str]:
    if not catalogue_file(settings.data).exists():
        raise DataFolderError(f"There is none in {settings.data}. Make one: footnote index {settings.corpus}")
    with Ownership(settings.data):
        opened = open_index(settings.data)
        try:
            articles, chunks = opened.catalogue.counts()
            yield f"{articles} articles and {chunks} passages in {settings.data}"
            yield f"{opened.vectors.count()} vectors, equal to the catalogue"
        finally:
            opened.close()
