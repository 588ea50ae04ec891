"""The page at `/`, what it loads, the headers that guard it, and the description of the API."""

import re
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import api
from qa.records import Answer

WEB = Path(api.__file__).parent / "web"
PAGE_FILES = sorted(path for path in WEB.rglob("*") if path.is_file())
# The names of the languages SVG and XHTML, which nobody fetches.
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml"}


class _Page(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._inside: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"} and data.strip():
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def loaded(self) -> list[str]:
        """What the page has the browser load."""
        found = [attributes.get("src") or attributes.get("href") for _, attributes in self.tags]
        return [address for address in found if address]


@pytest.fixture(scope="module")
def page(client: TestClient) -> _Page:
    reply = client.get("/")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/html")
    return _Page(reply.text)


def test_the_page_has_a_labelled_question_box_and_a_button(page: _Page):
    labels = {attributes.get("for") for tag, attributes in page.tags if tag == "label"}
    boxes = {attributes.get("id") for tag, attributes in page.tags if tag in {"input", "textarea"}}
    assert labels & boxes
    assert any(tag == "button" and attributes.get("type") == "submit" for tag, attributes in page.tags)


def test_the_page_says_its_language_and_fits_a_phone(page: _Page):
    tags = dict(reversed(page.tags))
    assert tags["html"].get("lang")
    assert any(tag == "meta" and attributes.get("name") == "viewport" for tag, attributes in page.tags)


def test_everything_that_the_page_loads_is_there(client: TestClient, page: _Page):
    assert page.loaded()
    assert [address for address in page.loaded() if client.get(address).status_code != 200] == []


@pytest.mark.parametrize(
    ("suffix", "kind"), [(".js", "text/javascript"), (".css", "text/css"), (".svg", "image/svg+xml")]
)
def test_what_the_page_loads_comes_as_what_it_is(client: TestClient, page: _Page, suffix: str, kind: str):
    # Browsers told not to guess (nosniff) run nothing that comes as something else.
    loaded = [address for address in page.loaded() if address.endswith(suffix)]
    assert loaded
    assert all(client.get(address).headers["content-type"].startswith(kind) for address in loaded)


@pytest.mark.parametrize("file", PAGE_FILES, ids=lambda file: file.name)
def test_no_file_of_the_page_names_another_host(file: Path):
    text = file.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:[a-z]+:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"')]*", text)) - NAMESPACES == set()


@pytest.mark.parametrize("file", [file for file in PAGE_FILES if file.suffix == ".js"], ids=lambda file: file.name)
def test_what_a_script_imports_is_there(file: Path):
    imported = re.findall(r'from "([^"]+)"', file.read_text(encoding="utf-8"))
    assert [name for name in imported if not (name.startswith("./") and (WEB / name).is_file())] == []


@pytest.mark.parametrize("file", [file for file in PAGE_FILES if file.suffix == ".js"], ids=lambda file: file.name)
def test_no_script_reads_text_as_html_or_as_a_program(file: Path):
    dangerous = r"\w+HTML\b|document\.write|\beval\b|\bFunction\(|\bimport\(|\bstyle\.cssText|DOMParser|srcdoc"
    assert re.findall(dangerous, file.read_text(encoding="utf-8")) == []


def test_the_page_runs_nothing_that_its_own_policy_forbids(page: _Page):
    handlers = [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    assert page.inline == []
    assert handlers == []


def test_files_beside_those_of_the_page_are_out_of_reach(client: TestClient):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/static/style.css"])
def test_a_browser_asks_for_each_file_of_the_page_again(client: TestClient, path: str):
    # Else it may mix the modules that it kept with those of a later version.
    assert client.get(path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/static/app.js"])
def test_a_file_of_the_page_that_did_not_change_is_not_sent_again(client: TestClient, path: str):
    known = client.get(path).headers["etag"]
    reply = client.get(path, headers={"If-None-Match": known})
    assert (reply.status_code, reply.content, reply.headers["cache-control"]) == (304, b"", "no-cache")


EVERY_KIND_OF_REPLY = [
    ("GET", "/"),
    ("GET", "/static/app.js"),
    ("GET", "/api/articles"),
    ("GET", "/openapi.json"),
    ("GET", "/nowhere"),
    ("GET", "/api/ask"),
    ("POST", "/api/ask"),
]


@pytest.mark.parametrize(("method", "path"), EVERY_KIND_OF_REPLY)
def test_every_reply_forbids_what_comes_from_elsewhere(client: TestClient, method: str, path: str):
    policy = _policy(client.request(method, path).headers["content-security-policy"])
    assert policy["default-src"] == ["'none'"]
    allowed = {source for name, sources in policy.items() if name.endswith("-src") for source in sources}
    assert allowed <= {"'none'", "'self'"}


@pytest.mark.parametrize(("method", "path"), EVERY_KIND_OF_REPLY)
def test_every_reply_forbids_framing_guessing_and_referrers(client: TestClient, method: str, path: str):
    headers = client.request(method, path).headers
    assert _policy(headers["content-security-policy"])["frame-ancestors"] == ["'none'"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_page_may_make_nothing_but_text_of_text(client: TestClient):
    policy = _policy(client.get("/").headers["content-security-policy"])
    assert (policy["require-trusted-types-for"], policy["trusted-types"]) == (["'script'"], ["'none'"])


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/docs/oauth2-redirect"])
def test_there_is_no_page_of_documentation_that_loads_from_elsewhere(client: TestClient, path: str):
    assert client.get(path).status_code == 404


def test_the_description_names_every_route(described: dict[str, Any]):
    routes = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert routes >= {
        ("POST", "/api/ask"),
        ("POST", "/api/search"),
        ("POST", "/api/sync"),
        ("GET", "/api/articles"),
        ("GET", "/api/articles/{article_id}"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
    }


def test_the_description_is_of_the_current_openapi(described: dict[str, Any]):
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Footnote"


def test_every_reference_in_the_description_leads_somewhere(described: dict[str, Any]):
    for reference in set(_references(described)):
        place = described
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_the_description_of_an_answer_has_its_fields(described: dict[str, Any]):
    reply = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = described["components"]["schemas"][reply["$ref"].rsplit("/", 1)[1]]
    assert set(answer["properties"]) == {field.name for field in fields(Answer)}


@pytest.mark.parametrize(("path", "method"), [("/api/ask", "post"), ("/api/search", "post")])
def test_the_description_of_a_refusal_is_what_is_sent(described: dict[str, Any], path: str, method: str):
    refusal = described["paths"][path][method]["responses"]["422"]
    assert list(refusal["content"]) == ["application/problem+json"]


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    reply = client.get("/openapi.json")
    assert reply.status_code == 200
    description: dict[str, Any] = reply.json()
    return description


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [reference for value in part.values() for reference in _references(value)]
    return [reference for value in part for reference in _references(value)] if isinstance(part, list) else []


def _policy(header: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in header.split(";"))}
