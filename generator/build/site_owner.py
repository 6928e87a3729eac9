"""Which portfolio the site in a folder was built from, so that another one replaces it only when asked to."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from generator.exchange.readiness_json import portfolio_id
from generator.incremental.store import Store, digest_of_path, outputs
from generator.model.addresses import READINESS, SUMS
from generator.model.portfolio import Portfolio
from generator.reading.settings import FILE


def other_unit(out: Path, root: Path, portfolio: Portfolio) -> str | None:
    """Return the unit of another portfolio whose site is in `out`; None where there is none, or it is `root`'s own.

    The last build into a folder is noted in the user's cache. Where it is not known, or the portfolio that it was built
    from is gone, a site belongs to the portfolio that has its identity (`readiness.json`, key `portfolio`).
    """
    try:
        summary = json.loads((out / READINESS).read_bytes())
        unit, identity = str(summary["unit"]), summary.get("portfolio")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # no site of ours, which `folder_checks` refuses
    builder = _builder(out)
    if builder == os.path.realpath(root):
        return None
    if builder is not None and Path(builder, FILE).is_file():
        return unit
    if identity is None:  # built before sites named their portfolio
        return None if unit == portfolio.unit else unit
    return None if identity == portfolio_id(portfolio) else unit


def note(out: Path, root: Path) -> None:
    """Note that the site in `out` was built from `root`."""
    noted = {"portfolio": os.path.realpath(root), "sums": _sums(out)}
    with Store(outputs()) as store:
        store.put({digest_of_path(out): json.dumps(noted).encode()})


def _builder(out: Path) -> str | None:
    """Return the portfolio's folder that the site in `out` was built from; None where it is not known."""
    with Store(outputs()) as store:
        stored = store.get(digest_of_path(out))
    try:
        noted = json.loads(stored or b"{}")
        return str(noted["portfolio"]) if noted["sums"] == _sums(out) else None
    except (ValueError, KeyError, TypeError):
        return None


def _sums(out: Path) -> str:
    """Return the digest of a site's list of digests, which identifies it; empty where it has none."""
    try:
        return hashlib.sha256((out / SUMS).read_bytes()).hexdigest()
    except OSError:
        return ""
