from ui.vocabulary import ancestors, colour_of, expand_families, names_of, parents, with_families


def test_names_come_in_the_language_of_the_screen_and_english_else():
    assert names_of("actor", "en")["united-states"] == "United States"
    assert names_of("actor", "ar")["united-states"] == "الولايات المتحدة"
    assert names_of("actor", "xx") == names_of("actor", "en")
    assert names_of("weapon", "en")


def test_no_party_belongs_to_itself():
    assert all(actor not in ancestors(actor) for actor in parents())


def test_a_party_counts_all_that_is_its_own():
    counts = with_families({"united-states-air-force": 2, "united-states": 1, "houthis": 4, "": 3})
    assert counts["united-states"] == 3
    assert counts["united-states-army"] == 2
    assert (counts["houthis"], counts[""]) == (4, 3)


def test_choosing_a_party_means_all_that_belong_to_it():
    present = ["", "houthis", "united-states-air-force", "US soldiers"]
    assert expand_families(["united-states"], present) == ("united-states", "united-states-air-force")
    assert expand_families(["houthis", "US soldiers"], present) == ("US soldiers", "houthis")
    assert expand_families([], present) == ()


def test_every_type_has_its_colour():
    assert colour_of("drone").startswith("#")
