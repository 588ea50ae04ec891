"""What Prometheus reads at `/metrics`: counts and times, no question and no article."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from api.limits import Gate
from qa.records import Answer

# Seconds. The extractive engine answers within the first half, a language model within the second.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The metrics of one application, in a registry of their own."""

    def __init__(self, gate: Gate) -> None:
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)  # memory, processor time, open files
        self._requests = Counter(
            "footnote_requests", "Requests that ended.", ["method", "route", "status"], registry=registry
        )
        self._request_seconds = Histogram(
            "footnote_request_seconds", "Seconds until a reply ended.", ["route"], buckets=_BUCKETS, registry=registry
        )
        self._stage_seconds = Histogram(
            "footnote_stage_seconds",
            "Seconds that a stage of an answer took; total is the whole.",
            ["stage"],
            buckets=_BUCKETS,
            registry=registry,
        )
        self._answers = Counter(
            "footnote_answers", "Answers, refusals (not_in_sources) too.", ["engine", "status"], registry=registry
        )
        self._fallbacks = Counter(
            "footnote_fallbacks", "Answers of which the first engine failed or did not finish.", registry=registry
        )
        self._dropped = Counter(
            "footnote_dropped_statements", "Statements that no article supports, shown to nobody.", registry=registry
        )
        self._tokens = Counter("footnote_llm_tokens", "Tokens of the language model.", ["kind"], registry=registry)
        at_work = Gauge("footnote_questions_at_work", "Questions at work now.", registry=registry)
        at_work.set_function(lambda: gate.at_work)
        waiting = Gauge("footnote_questions_waiting", "Questions that wait for their turn now.", registry=registry)
        waiting.set_function(lambda: gate.waiting)

    def observe(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(answer.engine, answer.status).inc()
        self._dropped.inc(answer.dropped)
        if answer.fallback_reason:
            self._fallbacks.inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stage_seconds.labels(stage).observe(milliseconds / 1000)
        for kind, tokens in answer.tokens.items():
            self._tokens.labels(kind).inc(tokens)

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is a template, so that there are few."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus's text format."""
        return generate_latest(self._registry)
