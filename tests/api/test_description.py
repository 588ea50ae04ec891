"""`/openapi.json`: what it says is so, whatever a caller makes of it."""

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from api.keys import KeyRing
from api.policy import Policy
from api.service import Parts, Service
from tests.api.operating import KEY, serving

ROUNDS = 40  # of made-up requests for each operation, besides those at the edges of what the description allows


# Left out is the check that whatever the description allows is accepted: that a question holds a word, and a file an
# article, no description can say.
def _nothing() -> Parts:
    raise AssertionError("only described")


description = schemathesis.openapi.from_dict(create_app(Service(_nothing)).openapi())


@pytest.mark.slow
@pytest.mark.allow_hosts(["127.0.0.1"])
@description.parametrize()
@settings(max_examples=ROUNDS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_request_is_answered_as_described(case: Any, address: str):
    case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance])


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream", "/api/search"])
def test_the_examples_of_a_body_are_such_bodies(client: TestClient, path: str):
    name = description.raw_schema["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    examples = description.raw_schema["components"]["schemas"][name.rpartition("/")[2]]["examples"]
    assert [client.post(path, json=example).status_code for example in examples] == [200] * len(examples)
    assert examples


@pytest.mark.parametrize("kind", ["ArticleSummary", "StatusOut"])
def test_the_examples_of_a_reply_have_its_fields(kind: str):
    described = description.raw_schema["components"]["schemas"][kind]
    assert [set(example) for example in described["examples"]] == [set(described["properties"])]


def test_the_stream_is_described_with_an_example():
    reply = description.raw_schema["paths"]["/api/ask/stream"]["post"]["responses"]["200"]
    assert "event: done" in reply["content"]["text/event-stream"]["example"]


@pytest.mark.parametrize("keys", [(), (KEY,)], ids=["no keys", "a key"])
def test_a_key_is_described_as_needed_exactly_where_one_is(keys: tuple[str, ...]):
    with serving(Policy(keys=KeyRing.of(keys))) as client:
        operations = [
            (method, path, operation.get("security", [{}]))
            for path, methods in client.get("/openapi.json").json()["paths"].items()
            for method, operation in methods.items()
        ]
        refused = {(method, path) for method, path, _ in operations if client.request(method, path).status_code == 401}
    assert {(method, path) for method, path, security in operations if {} not in security} == refused
    assert bool(refused) == bool(keys)


@pytest.mark.parametrize("keys", [(), (KEY,)], ids=["no keys", "a key"])
def test_how_a_key_is_sent_is_described(keys: tuple[str, ...]):
    described = create_app(Service(_nothing), Policy(keys=KeyRing.of(keys))).openapi()
    (name,) = described["paths"]["/api/ask"]["post"]["security"][0]
    assert described["components"]["securitySchemes"][name] == {"type": "http", "scheme": "bearer"}
