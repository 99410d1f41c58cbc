"""The settings: one model, read from the environment and an optional ``.env`` file."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

_MENDS = {
    "TELEGRAM_BOT_TOKEN": "salin token dari @BotFather, misalnya 123456789:AA…",
    "TELEGRAM_BASE_URL": "tulis alamat server, misalnya http://127.0.0.1:8081",
    "ADMIN_USER_IDS": "tulis id angka dipisah koma, misalnya 11111,22222",
    "DATA_DIR": "pilih folder yang dapat ditulis",
    "KNOWLEDGE_DIR": "pilih folder pengetahuan yang memuat folder “regulasi”",
    "TIMEZONE": "pakai nama IANA, misalnya Asia/Makassar, Asia/Jakarta, atau Asia/Jayapura",
    "KEEP_QUESTIONS_DAYS": "tulis banyaknya hari, 1 sampai 3650, misalnya 90",
    "LOG_LEVEL": "pilih DEBUG, INFO, WARNING, atau ERROR",
}


class Settings(BaseSettings):
    """All settings; each name is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: str = Field("", repr=False)
    telegram_base_url: str = ""
    admin_user_ids: Annotated[tuple[int, ...], NoDecode] = ()
    data_dir: Path = Field(default_factory=lambda: user_data_path("spbe-bot", appauthor=False))
    knowledge_dir: Path | None = None
    timezone: str = "Asia/Makassar"
    keep_questions_days: int = Field(90, ge=1, le=3650)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: str) -> str:
        import re

        if value and not re.fullmatch(r"\d+:[A-Za-z0-9_-]{10,}", value):
            raise ValueError("bentuknya bukan token bot Telegram")
        return value

    @field_validator("telegram_base_url")
    @classmethod
    def _base_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("tidak diawali http:// atau https://")
        return value.rstrip("/")

    @field_validator("admin_user_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = value.replace(" ", ",").split(",")
        if not all(part.isdigit() for part in parts if part):
            raise ValueError("berisi selain angka")
        return tuple(int(part) for part in parts if part)

    @field_validator("knowledge_dir")
    @classmethod
    def _knowledge(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("folder itu tidak ada")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("zona waktu itu tidak dikenal") from None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone in which times are shown and planned."""
        return ZoneInfo(self.timezone)


def load_settings(**overrides: Any) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: A value is wrong; the one-line message names variable, fault and mend.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        name = str(detail["loc"][0]).upper() if detail["loc"] else "?"
        fault = (detail.get("ctx") or {}).get("error") or "nilainya di luar pilihan"
        raise SettingsError(f"{name}: {fault}. Perbaikan: {_MENDS.get(name, '')}.") from None
