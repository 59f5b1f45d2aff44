"""How long drawing a code and building the example's site take, and how large the verifier's script is."""

from __future__ import annotations

import gzip
import statistics
import time
from pathlib import Path

from measurement import Measurement

from asnad import assets
from asnad.carriers.qr_code import draw_qr_code
from asnad.cli.build import build_site
from example_centre import ExampleCentre

DIGITS = str(7**2000)[:571]
"""No pattern, and as many as a certificate of 235 bytes has."""


def measure_drawing() -> Measurement:
    """Draw a code of version 12 and write it as SVG; the median of forty."""
    text = f"https://skills.example/v/#{DIGITS}"
    if draw_qr_code(text).version != 12:
        raise RuntimeError("expected a code of version 12")
    times = []
    for _ in range(40):
        started = time.perf_counter()
        draw_qr_code(text).to_svg()
        times.append(time.perf_counter() - started)
    return Measurement("drawing a code of version 12", statistics.median(times) * 1000, 15, "ms")


def measure_script() -> Measurement:
    """Compress the verifier's script as a host would."""
    script = (assets.verifier_dir() / "verifier.js").read_bytes()
    return Measurement("verifier's script, gzip -9", len(gzip.compress(script, 9)) / 1000, 25, "kB")


def measure_build(centre: ExampleCentre, site: Path) -> Measurement:
    """Build the site of the example centre with its three runs."""
    started = time.monotonic()
    build_site(centre.folder, site)
    return Measurement("building the example's site", time.monotonic() - started, 15, "s")
