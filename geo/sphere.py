"""Distances and moves on a sphere, in kilometres and degrees; longitude always comes before latitude."""

import math

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180


def distance_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance between two points.

    Examples
    --------
    >>> round(distance_km(0, 0, 0, 1), 1)
    111.2
    """
    up, across = math.radians(lat_b - lat_a), math.radians(lon_b - lon_a)
    slope = math.cos(math.radians(lat_a)) * math.cos(math.radians(lat_b))
    half = math.sin(up / 2) ** 2 + slope * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def move(lon: float, lat: float, bearing: float, km: float) -> tuple[float, float]:
    """Point reached from (lon, lat) by going ``km`` along ``bearing`` (degrees clockwise from north).

    Examples
    --------
    >>> lon, lat = move(40, 35, 90, 10)
    >>> round(lon, 2), round(lat, 2)
    (40.11, 35.0)
    """
    angle, start, course = km / EARTH_RADIUS_KM, math.radians(lat), math.radians(bearing)
    sine = math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(course)
    end = math.asin(max(-1.0, min(1.0, sine)))
    across = math.atan2(
        math.sin(course) * math.sin(angle) * math.cos(start), math.cos(angle) - math.sin(start) * math.sin(end)
    )
    return (lon + math.degrees(across) + 540) % 360 - 180, math.degrees(end)


def midpoint(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> tuple[float, float]:
    """Point half-way along the great circle from a to b."""
    first, last, across = math.radians(lat_a), math.radians(lat_b), math.radians(lon_b - lon_a)
    x, y = math.cos(last) * math.cos(across), math.cos(last) * math.sin(across)
    lat = math.atan2(math.sin(first) + math.sin(last), math.hypot(math.cos(first) + x, y))
    lon = math.radians(lon_a) + math.atan2(y, math.cos(first) + x)
    return (math.degrees(lon) + 540) % 360 - 180, math.degrees(lat)
