"""How properties are tested whose examples share a fixture that none of them changes."""

from hypothesis import HealthCheck, settings

with_fixtures = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
