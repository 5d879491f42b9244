"""The command line of the store, from an empty folder to a restored backup."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import main

TEXT = "A drone attack hit the Ain al-Asad base in Iraq on 20 January 2024, killing two soldiers, officials said."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASID_STORE", str(tmp_path / "store.rasid"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(TEXT, "utf-8")
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["store", *words])


def test_articles_go_in_once_and_come_out_as_files(folder: Path) -> None:
    first = call("add", str(folder / "in"), "--published", "2024-01-21")
    assert first.exit_code == 0, first.output
    assert first.stdout.startswith("new=1 corrected=0 known=0 reports=1 new_events=1")
    again = call("add", str(folder / "in"), "--published", "2024-01-21")
    assert again.stdout.startswith("new=0 corrected=0 known=1 reports=0")
    assert re.search(r"\n  events +1\n", call("info").stdout)
    assert re.search(r"audit=1 faults=0 ok", call("check").stdout)
    assert re.fullmatch(r"rows=1 chain_ok=1 head=[0-9a-f]{64}\n", call("audit").stdout)
    assert call("search", "ain", "ASAD").stdout.count("\t") == 3
    assert call("search", "nothing of it").stdout == ""
    assert call("reindex").stdout == "1 articles can be searched\n"
    assert call("snapshot", str(folder / "events.geojson")).exit_code == 0
    assert "Ain al-Asad" in (folder / "events.geojson").read_text("utf-8")


def test_a_backup_brings_back_what_was_and_keeps_what_is(folder: Path) -> None:
    call("add", str(folder / "in"), "--published", "2024-01-21")
    backup = Path(call("backup").stdout.strip())
    assert backup.parent == folder
    (folder / "in" / "two.txt").write_text(TEXT.replace("20 January", "24 January"), "utf-8")
    call("add", str(folder / "in"), "--published", "2024-01-25")
    restored = call("restore", str(backup))
    assert restored.exit_code == 0, restored.output
    assert "whole" in restored.stdout
    assert re.search(r"\n  articles +1\n", call("info").stdout)
    assert list(folder.glob("store.rasid.before-*-restore"))


def test_the_first_user_is_an_admin_and_users_are_changed(folder: Path) -> None:
    call("add", str(folder / "in"), "--published", "2024-01-21")
    assert call("user", "add", "https://x|1", "--role", "viewer").exit_code == 2
    assert call("user", "add", "https://x|1", "--role", "admin").stdout == "https://x|1 is admin\n"
    call("user", "add", "https://x|2")
    assert call("user", "role", "https://x|2", "reviewer").stdout == "https://x|2 is reviewer\n"
    assert call("user", "disable", "https://x|2").exit_code == 0
    assert "https://x|2\treviewer\tdisabled" in call("user", "list").stdout
    assert call("user", "enable", "https://x|2").exit_code == 0
    assert call("user", "logout", "https://x|2").exit_code == 0
    assert call("user", "disable", "https://x|1").exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("info",), "There is no store"),
        (("backup",), "There is no store"),
        (("restore", "none.rasid"), "There is no backup"),
        (("snapshot", "events.shp"), "cannot be written"),
    ],
)
def test_what_cannot_work_is_said_in_one_line(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_merge_quality_prints_its_line() -> None:
    assert re.match(r"MERGE reports=\d+ .* f1=0\.9\d+ .* PASS\n", call("merge-quality").stdout)
