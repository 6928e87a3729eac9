"""Pelican's settings: a page per record, a list per area (category) and item (tag), and the front page."""

import json
import os
from pathlib import Path

SITENAME = "Portofolio Zona Integritas"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "id"
PATH = str(Path(__file__).parent / "content")
THEME = str(Path(__file__).parent / "theme")
LABELS = json.loads((Path(__file__).parent / "labels.json").read_text(encoding="utf-8"))

ARTICLE_PATHS = STATIC_PATHS = [""]
PATH_METADATA = r"(?P<home>.*)/index\.md"
ARTICLE_URL, ARTICLE_SAVE_AS = "{home}/", "{home}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "{slug}/", "{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "items/{slug}/", "items/{slug}/index.html"
TAG_REGEX_SUBSTITUTIONS = [(r"\s", "-")]
SLUGIFY_SOURCE = "basename"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extension_configs": {"markdown.extensions.tables": {}}, "output_format": "html5"}

CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CACHE_PATH = os.environ["PELICAN_CACHE"]
