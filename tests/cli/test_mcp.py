"""`footnote mcp`, used by the official client of the Model Context Protocol."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult

from api.keys import KeyRing
from api.policy import Policy
from api.service import Parts
from tests.api.mcp_clients import text_of
from tests.api.servers import KEY, answer_of, serving_parts, serving_writer
from tests.cli.conftest import COMMAND

QUESTION = "What did the café at the pier give to every visitor?"
pytestmark = pytest.mark.slow  # each starts a process, most open an index in it
localhost = pytest.mark.allow_hosts(["127.0.0.1"])


def call_over_stdio(
    folder: Path,
    data: Path,
    *calls: tuple[str, dict[str, str]],
    after_each: Callable[[], object] = lambda: None,
    **environment: str,
) -> list[CallToolResult]:
    """Start the command in `folder`, call its tools one after the other, and end it."""

    async def talk() -> list[CallToolResult]:
        (folder / "home").mkdir(exist_ok=True)
        command = StdioServerParameters(
            command=str(COMMAND),
            args=["mcp", "--data", str(data)],
            cwd=folder,
            env={"HOME": str(folder / "home"), **environment},
        )
        with (folder / "stderr").open("w") as errors:
            async with stdio_client(command, errors) as streams, ClientSession(*streams) as session:
                await session.initialize()
                results = []
                for name, arguments in calls:
                    results.append(await session.call_tool(name, arguments))
                    after_each()
                return results

    return asyncio.run(talk())


def test_without_a_server_it_reads_the_data_folder_itself(indexed: Path, tmp_path: Path):
    found, answered = call_over_stdio(
        tmp_path, indexed, ("search", {"query": "biscuits for every visitor"}), ("ask", {"question": QUESTION})
    )
    assert found.structuredContent is not None
    (fetched,) = call_over_stdio(tmp_path, indexed, ("fetch", {"id": found.structuredContent["results"][0]["id"]}))
    assert "seal-shaped biscuits" in text_of(answered)
    assert fetched.structuredContent is not None
    assert fetched.structuredContent["metadata"]["file"] == "island.txt"


def test_its_links_lead_to_where_the_page_would_be(indexed: Path, tmp_path: Path):
    (found,) = call_over_stdio(tmp_path, indexed, ("search", {"query": "biscuits"}), FOOTNOTE_PORT="8123")
    assert found.structuredContent is not None
    assert found.structuredContent["results"][0]["url"].startswith("http://127.0.0.1:8123/#source=")


@localhost
def test_the_server_that_owns_the_data_folder_answers_where_there_is_one(
    tmp_path: Path,
    corpus: Path,
    indexed: Path,
    held: Callable[..., "Popen[str]"],
    open_parts_in: Callable[[Path, Path], Parts],
):
    policy = Policy(keys=KeyRing.of([KEY]))
    with serving_parts(lambda: open_parts_in(corpus, tmp_path / "of the server"), policy) as address:
        held(indexed, address)
        (answered,) = call_over_stdio(tmp_path, indexed, ("ask", {"question": QUESTION}), FOOTNOTE_API_KEYS=KEY)
    assert "seal-shaped biscuits" in text_of(answered)
    assert f"{address}/#source=" in text_of(answered)


@localhost
def test_a_server_that_refuses_is_named_with_its_reason(
    tmp_path: Path, indexed: Path, held: Callable[..., "Popen[str]"]
):
    with serving_writer(lambda *_: answer_of(), Policy(keys=KeyRing.of([KEY]))) as address:
        held(indexed, address)
        (refused,) = call_over_stdio(tmp_path, indexed, ("ask", {"question": QUESTION}))
    assert refused.isError
    assert address in text_of(refused)
    assert "API key" in text_of(refused)


def test_a_folder_that_another_process_holds_is_refused_and_the_process_named(
    tmp_path: Path, indexed: Path, held: Callable[..., "Popen[str]"]
):
    holder = held(indexed)
    (refused,) = call_over_stdio(tmp_path, indexed, ("ask", {"question": QUESTION}))
    assert refused.isError
    assert f"process {holder.pid}" in text_of(refused)


@pytest.mark.parametrize("folder", ["nowhere", "home"], ids=["no folder", "a folder without one"])
def test_without_an_index_it_says_how_to_make_one_and_leaves_the_folder_to_whoever_does(tmp_path: Path, folder: str):
    (refused,) = call_over_stdio(tmp_path, tmp_path / folder, ("ask", {"question": QUESTION}))
    assert refused.isError
    assert "footnote index" in text_of(refused)
    assert not (tmp_path / "nowhere").exists()


def test_an_index_that_is_made_later_is_found(tmp_path: Path, index_of_the_articles: Path):
    def make() -> None:
        if not (tmp_path / "data").exists():
            shutil.copytree(index_of_the_articles, tmp_path / "data")

    asking = ("ask", {"question": QUESTION})
    refused, answered = call_over_stdio(tmp_path, tmp_path / "data", asking, asking, after_each=make)
    assert refused.isError
    assert "seal-shaped biscuits" in text_of(answered)
