"""Logs as JSON, one object a line, each with the id of the request it belongs to."""

import json
import logging
from datetime import UTC, datetime

from api.errors import request_id


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; what `extra={"fields": {...}}` holds becomes members of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Whatever is not ASCII is escaped, so that no log can command a terminal."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if known := request_id.get():  # worker threads that a request starts through anyio see it too
            line["request_id"] = known
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def log_to_stderr(level: str) -> None:
    """Have every logger write such lines, of this level and above, to the standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for talkative in ("httpx", "mcp"):  # one tells of every request to a language model, the other of every call
        logging.getLogger(talkative).setLevel(logging.WARNING)
