"""Links that open the page at a source."""

from qa.records import Citation


def source_link(base_url: str, article_id: str, start: int, end: int) -> str:
    """Return the address of the page at `article.text[start:end]`; `base_url` ends with a slash."""
    return f"{base_url}#source={article_id}&start={start}&end={end}"


def citation_link(base_url: str, citation: Citation) -> str:
    """Return the address of the page at the words of a citation."""
    return source_link(base_url, citation.article_id, citation.start, citation.end)
