"""MkDocs loads this hook: what the templates list, gathered once from the pages that were read."""

from collections import defaultdict
from typing import Any


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Give the templates the records by area and by item, newest first, and the labels of both."""
    lists, labels = defaultdict(list), {}
    pages = [file.page for file in files.documentation_pages()]
    for page in pages:
        if "list_of" in page.meta:
            labels[page.meta["list_of"]] = page
        for name in (page.meta.get("area"), *page.meta.get("items", ())):
            if name:
                lists[name].append(page)
    newest = sorted((page for page in pages if "area" in page.meta), key=lambda page: page.meta["date"], reverse=True)
    env.globals.update(
        lists={name: sorted(some, key=lambda page: page.meta["date"], reverse=True) for name, some in lists.items()},
        labels=labels,
        areas=sorted(name for name in labels if name[0].isdigit()),
        items=sorted(name for name in labels if not name[0].isdigit()),
        newest=newest[:20],
    )
    return env
