"""A real Chromium that looks at the page, and the server that stands in for the API."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.browser.server import StandIn

PATIENCE_MS = 5000  # for what should be there at once, on a machine with other work to do
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


# Playwright keeps an event loop running in this thread, where no test of another folder could then run its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.fail("These tests look at the page in Chromium, which is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses to run as root
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if as_root else [])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running_server() -> Iterator[StandIn]:
    server = StandIn()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running_server: StandIn) -> StandIn:
    """The stand-in server, as every test begins with it."""
    running_server.reset()
    return running_server


@pytest.fixture(scope="package")
def usual_context(browser: Browser) -> Iterator[BrowserContext]:
    """What most pages are opened in: it has the page's files at hand, which saves most of the time of a test."""
    with browser.new_context(viewport=WIDE, reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def open_page(browser: Browser, usual_context: BrowserContext, server: StandIn) -> Iterator[Callable[..., Page]]:
    """Opens the page in a browser that has kept nothing; fails the test for whatever the page does wrong unseen."""
    contexts: list[BrowserContext] = []
    usual_pages: list[Page] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # What the browser says of a request that failed is no fault of the page.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            faults.append(message.text)

    def open_it(path: str = "/", address: str = server.address, **options: object) -> Page:
        context = usual_context
        if options:
            context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
            contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        if not options:
            usual_pages.append(page)
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + path)
        return page

    yield open_it
    for page in usual_pages:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        page.close()
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The page on a wide screen."""
    return open_page()
