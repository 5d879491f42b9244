from pipeline.background import load_ground, load_names


def test_the_ground_covers_the_region_and_what_is_around_it():
    ground = load_ground()
    assert len(ground.areas) >= 514
    assert len(ground.countries) < len(ground.areas)
    for polygons in (ground.land, ground.areas, ground.countries):
        for polygon in polygons:
            for ring in polygon:
                assert len(ring) >= 4
                assert (ring[0] == ring[-1]).all()
                assert (abs(ring[:, 0]) <= 180).all() and (abs(ring[:, 1]) <= 90).all()


def test_countries_are_named_before_their_areas():
    names = load_names()
    kinds = [name.country for name in names]
    assert kinds == sorted(kinds, reverse=True)
    syria = next(name for name in names if name.words["en"] == "Syria")
    assert syria.words["ar"] == "سوريا"
    assert syria.country
