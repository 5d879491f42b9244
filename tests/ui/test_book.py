from ui.book import add_to_book, make_book


def test_old_rows_keep_their_numbers(events, articles):
    book = make_book(events.iloc[:3], articles[:1])
    larger = add_to_book(book, events.iloc[2:6], articles[1:])
    assert larger.events.index.tolist() == events.index[:6].tolist()
    assert len(larger.columns) == 6
    assert set(larger.articles) == {"a1", "a2"}
    assert len(book) == 3


def test_adding_twice_changes_nothing(events, articles):
    book = make_book(events, articles)
    assert add_to_book(book, events, articles).events.equals(events)


def test_rows_by_id(events, articles):
    book = make_book(events, articles)
    assert book.row_of("e3") == 2
    assert book.row_of("nobody") is None
    assert book.take([2, 0]).index.tolist() == ["e3", "e1"]


def test_columns_of_rows(events, articles):
    frame = make_book(events, articles).take_columns([2, 0], ["place_name", "reports"])
    assert frame["place_name"].tolist() == events["place_name"].iloc[[2, 0]].tolist()
    assert make_book(events, articles).ids_of([7, 1]) == [events.index[7], events.index[1]]
