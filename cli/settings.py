"""What a user can set: by an option, by an environment variable FOOTNOTE_*, or not at all."""

from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.article_lists import FieldMap
from index.sources import UPLOADS_PREFIX, Root, SourceReader
from qa.llm_spec import Format, LLMSpec, parse_spec


class Settings(BaseSettings):
    """Read once when a command starts, then frozen. An option given on the command line wins."""

    model_config = SettingsConfigDict(env_prefix="FOOTNOTE_", env_ignore_empty=True, frozen=True, extra="ignore")

    corpus: Path = Path("seeds")
    data: Path = Path(".footnote")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    json_fields: str = ""
    llm: str = ""
    llm_url: str | None = None
    llm_key: SecretStr | None = None
    llm_context: int | None = Field(None, ge=2_048)
    llm_format: Format = "auto"
    llm_seconds: float = Field(60.0, gt=0, le=600)

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
        )

    def source_reader(self) -> SourceReader:
        """Return what reads those folders' files."""
        return SourceReader(FieldMap.parse(self.json_fields))
