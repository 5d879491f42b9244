"""Write the figures of ``rasid evaluate`` into README.md, between its two scoreboard marks, and data/scoreboard.csv."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "data" / "scoreboard.csv"  # what the About page shows
NAMES = {"f1": "{group}_f1", "strict_f1": "{group}_strict_f1"}  # a measure that several groups have
SHOWN = {
    ("event", "f1"): "event F1",
    ("event", "strict_f1"): "strict event F1 (day, place and type all right)",
    ("on_matched_events", "date_accuracy"): "day right, on matched events",
    ("on_matched_events", "place_within_tolerance"): "place within tolerance, on matched events",
    ("on_matched_events", "actor_accuracy"): "actor right, on matched events",
    ("on_matched_events", "casualties_exact"): "killed and wounded exact, on matched events",
    ("no_event_articles", "share_with_false_event"): "articles without an event that get a false one",
    ("toponyms", "f1"): "place names F1",
}


def measure(gold: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Run ``rasid evaluate`` on annotated articles; one scoreboard for Rasid, one for the keyword search."""
    command = [str(Path(sys.executable).with_name("rasid")), "evaluate", str(gold), "--baseline", "--json"]
    boards: dict[str, dict[str, dict[str, float]]] = json.loads(
        subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    )
    return boards


def lay_out(boards: dict[str, dict[str, dict[str, float]]]) -> str:
    """Make the table of the README."""
    rows = [
        f"| {name} | {boards['rasid'][group][measure]:.2f} | {boards['baseline'][group][measure]:.2f} |"
        for (group, measure), name in SHOWN.items()
    ]
    return "\n".join(["| measure | Rasid | keyword search |", "|---|---|---|", *rows])


def write_kept(boards: dict[str, dict[str, dict[str, float]]]) -> None:
    """Write the same figures as rows of ``measure,rasid,keyword``."""
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["measure", "rasid", "keyword"])
        for group, measure in SHOWN:
            name = NAMES.get(measure, measure).format(group=group)
            writer.writerow([name, *(f"{boards[who][group][measure]:.2f}" for who in ("rasid", "baseline"))])


def main() -> None:
    """Measure on the file named, rewrite the README and the figures of the app."""
    page = ROOT / "README.md"
    marks = r"(<!-- scoreboard -->\n).*?(<!-- /scoreboard -->)"
    boards = measure(Path(sys.argv[1]))
    table = lay_out(boards)
    write_kept(boards)
    page.write_text(re.sub(marks, rf"\g<1>{table}\n\g<2>", page.read_text("utf-8"), flags=re.DOTALL), encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
