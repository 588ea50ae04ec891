"""What a user can set: by an option, by an environment variable FOOTNOTE_*, or not at all."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once when a command starts, then frozen. An option given on the command line wins."""

    model_config = SettingsConfigDict(env_prefix="FOOTNOTE_", frozen=True, extra="ignore")

    corpus: Path = Path("seeds")
    data: Path = Path(".footnote")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
