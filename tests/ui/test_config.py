"""What is shipped hardened stays so."""

import tomllib
from pathlib import Path

import pytest

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "allowedHosts", ["localhost", "127.0.0.1"]),
        ("server", "enableAgentApi", False),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
    ],
)
def test_the_app_is_shipped_hardened(section, key, value):
    assert CONFIG[section][key] == value


def test_uploads_are_small_and_protection_is_not_switched_off():
    assert CONFIG["server"]["maxUploadSize"] <= 20
    assert CONFIG["server"].get("enableXsrfProtection", True)
    assert CONFIG["server"].get("enableCORS", True)


def test_the_fonts_come_from_this_server():
    assert CONFIG["theme"]["fontFaces"]
    assert all(face["url"].startswith("/rasid/") for face in CONFIG["theme"]["fontFaces"])
