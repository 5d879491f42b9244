"""Places and positions: names in, points with honest extents out; knows no language, no news and no screen."""
