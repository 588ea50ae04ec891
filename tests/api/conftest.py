"""Running services: one over the made-up articles that no test changes, and ways to start others."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Parts, Service
from tests.api.replies import Serve, wait_until_ready


@pytest.fixture(scope="session")
def client(
    tmp_path_factory: pytest.TempPathFactory,
    write_articles: Callable[[Path], Path],
    open_parts_in: Callable[[Path, Path], Parts],
) -> Iterator[TestClient]:
    """A service over the made-up articles, ready; tests only ask it."""
    folder = tmp_path_factory.mktemp("service")
    corpus = write_articles(folder / "articles")
    with TestClient(create_app(Service(lambda: open_parts_in(corpus, folder / "data")))) as client:
        wait_until_ready(client)
        yield client


@pytest.fixture(scope="session")
def serving() -> Serve:
    """Starts a service whose parts come from the function it is given; does not wait until it is ready."""
    return lambda parts: TestClient(create_app(Service(parts)), raise_server_exceptions=False)


@pytest.fixture
def serve(serving: Serve) -> Iterator[Serve]:
    """Starts such services, and stops them after the test."""
    with ExitStack() as stack:
        yield lambda parts: stack.enter_context(serving(parts))


@pytest.fixture
def service(serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path) -> TestClient:
    """A service over `corpus`, ready, to do with as one likes."""
    client = serve(lambda: open_parts(corpus))
    wait_until_ready(client)
    return client
