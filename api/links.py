"""Links that open the page at a source."""

from starlette.requests import Request

from api.policy import Policy
from qa.records import Citation


def base_of(request: Request) -> str:
    """Return the address of the page, ending with a slash: the one that is set, else the one that the request names."""
    policy: Policy = request.app.state.policy
    return policy.address or str(request.base_url)


def source_link(base_url: str, article_id: str, start: int, end: int) -> str:
    """Return the address of the page at `article.text[start:end]`; `base_url` ends with a slash."""
    return f"{base_url}#source={article_id}&start={start}&end={end}"


def citation_link(base_url: str, citation: Citation) -> str:
    """Return the address of the page at the words of a citation."""
    return source_link(base_url, citation.article_id, citation.start, citation.end)
