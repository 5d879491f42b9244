"""The documentation says what is true: its commands run, its paths exist, its tables are those of the program."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.codes import ACLED_GEO_PRECISION, ACLED_TIME_PRECISION, UCDP_WHERE_PREC, event_types
from pipeline.events import EVENT_COLUMNS
from pipeline.promises import TIME_STATUSES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
COMMANDS = typer.main.get_command(main)
BUILT = (
    "var/",
    ".venv/",
    "events.",
    "readings.",
    "placed.",
    "names.",
    "articles.",
    "gold.",
    "report.",
    "page.",
    "folder/",
)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


def table(page: str, heading: str) -> list[list[str]]:
    """Rows of the first table whose head line begins with ``| heading |``."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[first + 2 :]:
        if not line.startswith("|"):
            return rows
        rows.append([cell.strip(" `") for cell in line.strip("|").split("|")])
    return rows


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"), list(walk(COMMANDS)), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_and_every_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    missing = [one.name for one in command.params if one.name != "help" and not getattr(one, "help", None)]
    assert not missing


def test_the_promised_commands_are_there() -> None:
    assert {"run", "predict", "evaluate", "geocode", "serve"} <= COMMANDS.commands.keys()  # type: ignore[attr-defined]


def shell_lines() -> list[tuple[str, str]]:
    return [
        (page.name, line.partition("#")[0].strip())
        for page in PAGES
        for block in blocks(page, "sh")
        for line in block.splitlines()
        if line.partition("#")[0].strip()
    ]


@pytest.mark.parametrize(("page", "line"), shell_lines())
def test_commands_in_the_documentation_exist(page: str, line: str) -> None:
    for part in line.split("|"):
        words = shlex.split(part)
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        elif words[0].endswith("rasid"):
            _check_call(words[1:])


def _check_call(words: list[str]) -> None:
    command: click.Command = COMMANDS
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]  # type: ignore[attr-defined]
    assert command is not COMMANDS or words == ["--help"]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    assert not [word for word in words if word.startswith("--") and word not in known]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_in_the_documentation_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    linked = [page.parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    named = [ROOT / path for path in re.findall(r"`((?:[\w.]+/)+[\w.]*|[\w]+\.(?:py|toml|csv|md|lock))`", text)]
    quoted = [path for path in named if not path.relative_to(ROOT).as_posix().startswith(BUILT)]
    missing = [
        path
        for path in (*linked, *quoted)
        if not path.exists() and not list(ROOT.glob(f"data/languages/*/{path.name}"))
    ]
    assert not missing


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = blocks(ROOT / "README.md", "python")
    assert len([line for line in block.splitlines() if line.strip()]) == 6
    exec(compile(block, "README.md", "exec"), {})
    assert "rocket_or_missile" in capsys.readouterr().out


def test_the_readme_names_every_column() -> None:
    named = {name.strip(" `") for row in table("README.md", "columns") for name in row[0].split(",")}
    assert named == EVENT_COLUMNS.keys()


def test_the_codebook_has_the_event_types_of_the_data() -> None:
    rows = [[row[0], row[2], row[3], row[4] or None] for row in table("docs/codebook.md", "`event_type`")]
    expected = [
        [one.event_type, one.acled_event_type, one.acled_sub_event_type, one.plover_mode]
        for one in event_types().values()
    ]
    assert rows == expected


def test_the_codebook_has_the_precision_codes_of_the_program() -> None:
    rows = {row[0]: (int(row[2]), int(row[3])) for row in table("docs/codebook.md", "`precision`")}
    assert rows == {name: (ACLED_GEO_PRECISION[name], UCDP_WHERE_PREC[name]) for name in ACLED_GEO_PRECISION}
    assert {row[0] for row in table("docs/codebook.md", "`time_status`")} == set(TIME_STATUSES)
    dates = [row for row in table("docs/codebook.md", "`date_precision`") if row[0]]
    said = {name.strip(): int(row[1]) for row in dates for name in row[0].split(",")}
    assert said == ACLED_TIME_PRECISION


def test_the_readme_claims_no_more_than_is_measured() -> None:
    gold = ROOT.parent / "shared" / "gold" / "dev.gold.jsonl"
    if not gold.exists():
        pytest.skip("../shared is not here: there are no annotated articles to measure on")
    result = CliRunner().invoke(main, ["evaluate", str(gold), "--json"])
    board = json.loads(result.stdout)["rasid"]
    claimed = {row[0]: float(row[1]) for row in table("README.md", "measure")}
    for name, group, measure in (
        ("event F1", "event", "f1"),
        ("strict event F1 (day, place and type all right)", "event", "strict_f1"),
        ("place names F1", "toponyms", "f1"),
    ):
        assert claimed[name] <= board[group][measure] + 0.01, name
