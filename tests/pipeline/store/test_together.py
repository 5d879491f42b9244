"""Several processes at one store: no edit is lost and nobody sees an error."""

from store_making import article, elsewhere, report, table
from store_writer import listen, start

from pipeline.store.articles import add_articles
from pipeline.store.audit import verify_audit
from pipeline.store.check import check_store
from pipeline.store.engine import open_store
from pipeline.store.events import load_events, read_event


def test_eight_writers_and_eight_readers_lose_no_edit_and_see_no_error(where: str) -> None:
    store = open_store(where)
    add_articles(store, [article(1), *map(article, range(2, 30))], table(report(1), *map(elsewhere, range(2, 30))))
    store.close()
    edits = 12
    workers = [start("edit", where, edits) for _ in range(8)] + [start("read", where, 10) for _ in range(8)]
    answers = [listen(connection)[-1] for _, connection in workers]
    errors = [answer[1] for answer in answers if answer[0] != "done"]
    assert errors == []
    store = open_store(where)
    conflicts = sum(answer[2] for answer in answers[:8])
    event = read_event(store, "r1")
    print(f"C2 expected={8 * edits} got={event.values['weapon_count']} conflicts={conflicts} errors={len(errors)}")
    assert event.values["weapon_count"] == 8 * edits
    assert event.version == 8 * edits + 1
    assert verify_audit(store).is_ok
    assert check_store(store).is_ok
    store.close()


def test_many_processes_may_make_one_store(where: str) -> None:
    makers = [start("make", where) for _ in range(6)]
    assert [listen(connection) for _, connection in makers] == [[("open",)]] * 6
    store = open_store(where)
    assert len(load_events(store)) == 0
    store.close()
