"""The commands of ``rasid``, one a file."""
