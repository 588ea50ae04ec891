"""What a user can set: by an option, by an environment variable FOOTNOTE_*, or not at all."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.article_lists import FieldMap
from index.isolation import IsolatedReader, Limits
from index.sources import UPLOADS_PREFIX, Root, SourceReader
from qa.llm_spec import Format, LLMSpec, Size, parse_spec

MAKE_A_KEY = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
_QUOTES_SECONDS = 60  # on a busy machine; else it takes one or two
_KEY_LETTERS = 16  # fewer could be guessed
_ADDRESS = re.compile(r"https?://[^/?#@\s]+(?:/[^?#\s]*)?")
_ORIGIN = re.compile(r"\*|https?://[^/?#@\s]+")


class Settings(BaseSettings):
    """Read once when a command starts, then frozen. An option given on the command line wins."""

    model_config = SettingsConfigDict(env_prefix="FOOTNOTE_", env_ignore_empty=True, frozen=True, extra="ignore")

    corpus: Path = Path("seeds")
    data: Path = Path(".footnote")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    address: str = ""
    proxies: Annotated[tuple[str, ...], NoDecode] = ()
    json_fields: str = ""
    threads: int = Field(0, ge=0, le=1_024)
    reading_seconds: int = Field(Limits().seconds, ge=1, le=86_400)
    reading_mb: int = Field(Limits().megabytes, ge=500, le=1_000_000)
    llm: str = ""
    llm_url: str | None = None
    llm_key: SecretStr | None = None
    llm_context: int | None = Field(None, ge=2_048)
    llm_format: Format = "auto"
    llm_size: Size | None = None
    llm_seconds: float = Field(60.0, gt=0, le=600)
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    max_upload_mb: float = Field(20.0, gt=0, le=1_000)
    rate_per_minute: int | None = Field(None, ge=0)
    concurrency: int = Field(4, ge=1, le=1_000)
    queue: int = Field(32, ge=0, le=10_000)
    queue_seconds: float = Field(20.0, gt=0, le=600)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("api_keys", "cors_origins", "proxies", mode="before")
    @classmethod
    def _split(cls, listed: object) -> object:
        return tuple(one.strip() for one in listed.split(",") if one.strip()) if isinstance(listed, str) else listed

    @field_validator("api_keys")
    @classmethod
    def _check_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if any(len(key.get_secret_value()) < _KEY_LETTERS for key in keys):
            raise ValueError(f"a key has fewer than {_KEY_LETTERS} letters. {MAKE_A_KEY}")
        if not all(key.get_secret_value().isascii() and key.get_secret_value().isprintable() for key in keys):
            raise ValueError(f"a key has letters that a header cannot carry. {MAKE_A_KEY}")
        return keys

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f'"{origin}" is no origin, such as https://example.org, without a path')
        return origins

    @field_validator("address")
    @classmethod
    def _check_address(cls, address: str) -> str:
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError(f'"{address}" is no address, such as https://articles.example.org')
        return f"{address.rstrip('/')}/" if address else ""

    @field_validator("proxies")
    @classmethod
    def _check_proxies(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            ip_network(proxy)  # raises ValueError, which says what is wrong
        return proxies

    @field_validator("corpus", "data", mode="before")
    @classmethod
    def _refuse_nothing(cls, folder: object) -> object:
        if folder == "":  # as a path, it would be the folder that one is in
            raise ValueError("it names no folder")
        return folder

    @field_validator("json_fields")
    @classmethod
    def _check_json_fields(cls, described: str) -> str:
        FieldMap.parse(described)
        return described

    def roots(self) -> list[Root]:
        """Return the folders whose articles are indexed: the corpus, and the uploads in the data folder."""
        return [Root(self.corpus), Root(self.data / "uploads", UPLOADS_PREFIX, optional=True)]

    def with_whole_paths(self) -> Self:
        """Return these settings with folders by which errors name them whole, wherever they are read."""
        return self.model_copy(update={"corpus": self.corpus.resolve(), "data": self.data.resolve()})

    def own_key(self) -> str | None:
        """Return the key with which a command asks the server that owns the data folder."""
        return self.api_keys[0].get_secret_value() if self.api_keys else None

    def patience(self) -> float:
        """Return for how many seconds a command waits for a server's answer: its turn, a model's part, the quotes'."""
        return self.queue_seconds + self.llm_seconds + _QUOTES_SECONDS

    def llm_spec(self) -> LLMSpec | None:
        """Return which language model answers, None where none does. Raises LLMNotUsable for one that cannot be."""
        if not self.llm:
            return None
        return parse_spec(
            self.llm,
            url=self.llm_url,
            key=self.llm_key.get_secret_value() if self.llm_key else None,
            context_window=self.llm_context,
            format=self.llm_format,
            seconds=self.llm_seconds,
            named_size=self.llm_size,
        )

    def source_reader(self) -> SourceReader:
        """Return what reads those folders' files, each within limits; the caller closes it."""
        limits = Limits(seconds=self.reading_seconds, megabytes=self.reading_mb)
        return IsolatedReader(FieldMap.parse(self.json_fields), limits)
