"""Who may import whom, and which modules may touch the world outside: files, the network, the store, the clock."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path for package in ("geo", "pipeline", "ui") for path in (ROOT / package).rglob("*.py"))
MAY_IMPORT = {"geo": {"geo"}, "pipeline": {"geo", "pipeline"}, "ui": {"geo", "pipeline", "ui"}}
OURS = {"geo", "pipeline", "ui", "app", "tests", "benchmarks"}
SCREEN = {"streamlit", "folium", "streamlit_folium", "branca"}
NETWORK_AND_STORE = {"socket", "ssl", "http", "httpx", "requests", "sqlite3", "sqlalchemy", "subprocess"}
READ_CALLS = {"open", "read_text"}
FILE_CALLS = {"read_bytes", "write_text", "write_bytes", "to_file", "read_file"}
FILE_CALLS |= {"to_parquet", "read_parquet", "ParquetFile"}
CLOCK_CALLS = {"now", "today", "utcnow"}
KNOWLEDGE = re.compile(r"__file__|\b(DATA|LANGUAGES|TABLES|ROOT|OWN)\b")
EDGE_FOLDERS = ("pipeline/commands/", "pipeline/store/")
EDGES = {
    "geo/build_towns.py",  # reads what packages carry
    "geo/download.py",  # fetches files
    "geo/geonames.py",  # reads dumps
    "geo/index.py",  # reads gazetteers
    "geo/index_write.py",  # writes them
    "geo/table.py",  # reads tables of places
    "geo/online_http.py",  # asks online geocoders, where the user switched them on
    "geo/online_store.py",  # keeps their answers and their pace
    "pipeline/event_chunks.py",  # reads events piece by piece
    "pipeline/export.py",  # writes events
    "pipeline/export_html.py",  # writes them as a page
    "pipeline/export_kml.py",  # writes them for globes
    "pipeline/files.py",  # writes any file
    "pipeline/llm/client.py",  # asks a language model
    "pipeline/ingest.py",  # reads articles
    "pipeline/word_tables.py",  # reads the tables of a language folder
    "pipeline/ordinary.py",  # writes lists of words at set-up
    "ui/article_page.py",  # takes uploads
    "ui/assets.py",  # serves tiles
    "ui/export_desk.py",  # writes large files
    "ui/downloads.py",  # dates what is downloaded
    "ui/packed.py",  # packs large tables into files
    "ui/review_intake.py",  # takes pasted reports
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module imported, with whether that happens inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    top = set(map(id, ast.iter_child_nodes(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in top
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports relatively"
            yield node.module or "", id(node) not in top
            for alias in node.names:
                yield f"{node.module}.{alias.name}", id(node) not in top


def world_calls(path: Path) -> set[str]:
    """What a module does to the world outside: names of calls and of modules."""
    found = {module.partition(".")[0] for module, _ in imports(path)} & NETWORK_AND_STORE
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            word = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            found |= {word} & (READ_CALLS | FILE_CALLS | CLOCK_CALLS)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    allowed = MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    wrong = {module for module, _ in imports(path) if module.partition(".")[0] in OURS - allowed}
    assert not wrong


@pytest.mark.parametrize("path", [path for path in MODULES if not name(path).startswith("ui/")], ids=name)
def test_only_the_ui_knows_the_screen(path: Path) -> None:
    assert not {module for module, _ in imports(path) if module.partition(".")[0] in SCREEN}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_our_own_modules_are_imported_at_the_top(path: Path) -> None:
    assert not [module for module, inside in imports(path) if inside and module.partition(".")[0] in OURS]


def test_no_module_imports_itself_through_others() -> None:
    names = {dotted(path): path for path in MODULES}
    graph = {module: {one for one, _ in imports(path) if one in names} - {module} for module, path in names.items()}
    done: set[str] = set()
    while ready := {module for module, needs in graph.items() if module not in done and needs <= done}:
        done |= ready
    assert not graph.keys() - done, "these import one another in a circle"


def is_edge(path: Path) -> bool:
    return name(path) in EDGES or name(path).startswith(EDGE_FOLDERS)


@pytest.mark.parametrize("path", [path for path in MODULES if not is_edge(path)], ids=name)
def test_only_edges_touch_the_world(path: Path) -> None:
    """Others may read the knowledge that comes with the program, by a path of their own or of a module they import."""
    calls = world_calls(path)
    assert not calls - READ_CALLS
    assert not calls or KNOWLEDGE.search(path.read_text("utf-8"))


def test_every_edge_is_one() -> None:
    assert not {edge for edge in EDGES if not (ROOT / edge).is_file() or not world_calls(ROOT / edge)}
