"""Settings: every wrong value names its variable and the mend; all are documented."""

import subprocess
import sys
from pathlib import Path

import pytest
from bot.errors import SettingsError
from bot.settings import Settings, load_settings

from tests.conftest import ROOT, SETTINGS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "bukan-token"),
        ("TELEGRAM_BASE_URL", "127.0.0.1:8081"),
        ("ADMIN_USER_IDS", "12,ani"),
        ("KNOWLEDGE_DIR", "/tidak/ada"),
        ("TIMEZONE", "Asia/Palopo"),
        ("TIMEZONE", "../../etc/passwd"),
        ("LOG_LEVEL", "berisik"),
    ],
)
def test_wrong_value_is_one_line_with_the_mend(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert "Perbaikan: " in message
    assert "\n" not in message
    assert value not in message or name != "TELEGRAM_BOT_TOKEN"


def test_exit_code_is_two(environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "halo"],
        capture_output=True,
        text=True,
        env={**environment, "TIMEZONE": "Mars/Olympus"},
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_values_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ADMIN_USER_IDS", "11, 22")
    monkeypatch.setenv("TELEGRAM_BASE_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    (tmp_path / ".env").write_text("TIMEZONE=Asia/Jakarta\nSESUATU_LAIN=1\n")
    settings = load_settings()
    assert settings.admin_user_ids == (11, 22)
    assert settings.telegram_base_url == "http://127.0.0.1:8081"
    assert settings.log_level == "DEBUG"
    assert settings.timezone == "Asia/Jakarta"
    assert load_settings(timezone="Asia/Makassar").zone.key == "Asia/Makassar"


def test_token_is_not_shown() -> None:
    settings = Settings(telegram_bot_token="123456:AAAAAAAAAAAAAAAA")
    assert "AAAA" not in repr(settings)


def test_every_setting_is_documented() -> None:
    names = {name.upper() for name in Settings.model_fields}
    assert names == set(SETTINGS)
    for file in (".env.example", "README.md"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert [n for n in names if n not in text] == [], file
