"""The rules of URL Rewrite that answer PortalRB on IIS, which is not here: their schema, and what they mean.

Both follow Microsoft's reference of the module: rules are tried in their order, all conditions of one have to hold.
"""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from generator.exchange.portalrb import UNITS_WBBM, UNITS_WBK
from tests.support.command import catat

FOLDER = "data & ekspor"
KNOWN = "Bearer 0a1B2c"
COMMAND = ("server-config", "iis", "--portalrb", "--base", "/api/portal.rb/", "--root", f"D:\\portalrb\\{FOLDER}")
ATTRIBUTES = {
    "rules/rule": {"name", "enabled", "patternSyntax", "stopProcessing"},
    "outboundRules/rule": {"name", "enabled", "patternSyntax", "stopProcessing", "preCondition"},
    "rules/rule/match": {"url", "ignoreCase", "negate"},
    "outboundRules/rule/match": {"serverVariable", "pattern", "ignoreCase", "negate"},
    "rules/rule/conditions": {"logicalGrouping", "trackAllCaptures"},
    "outboundRules/rule/conditions": {"logicalGrouping", "trackAllCaptures"},
    "rules/rule/conditions/add": {"input", "matchType", "pattern", "ignoreCase", "negate"},
    "outboundRules/rule/conditions/add": {"input", "matchType", "pattern", "ignoreCase", "negate"},
    "rules/rule/action": {
        "type", "url", "appendQueryString", "redirectType", "statusCode", "subStatusCode", "statusReason",
        "statusDescription",
    },
    "outboundRules/rule/action": {"type", "value", "replace"},
    "rewriteMaps": {"configSource"},
    "rewriteMaps/rewriteMap": {"name", "defaultValue", "ignoreCase"},
    "rewriteMaps/rewriteMap/add": {"key", "value"},
    **{name: set() for name in ("rules", "rules/clear", "outboundRules", "outboundRules/clear")},
}  # fmt: skip
"""The elements of the section `rewrite` with their attributes."""
VALUES = {
    "type": {"None", "Rewrite", "Redirect", "CustomResponse", "AbortRequest"},
    "matchType": {"Pattern", "IsFile", "IsDirectory"},
    **{name: {"true", "false"} for name in ("ignoreCase", "negate", "stopProcessing", "appendQueryString")},
}


def written(language: str = "en") -> tuple[Element, Element]:
    """Return the configuration, and the file with the token that its comment shows."""
    done = catat(*COMMAND, "--lang", language)
    assert done.returncode == 0
    assert "IIS" in done.stderr, "that nobody tried it"
    shown = re.search(r"<rewriteMaps>.*</rewriteMaps>", done.stdout, re.DOTALL)
    assert shown is not None
    return ElementTree.fromstring(done.stdout.encode()), ElementTree.fromstring(shown[0].replace("Bearer TOKEN", KNOWN))


class Rules:
    """The rules as the reference of the module says what they mean."""

    def __init__(self) -> None:
        configuration, maps = written()
        self.rules = configuration.findall("system.webServer/rewrite/rules/rule")
        self.maps = {each.get("name"): {row.get("key"): row.get("value", "") for row in each} for each in maps}

    def answer(self, path: str, authorization: str = "", method: str = "GET") -> tuple[int, str]:
        """Return the status of an answer with its text, or with the path that is served."""
        variables = {
            "HTTP_AUTHORIZATION": authorization,
            "REQUEST_METHOD": method,
            "APPL_PHYSICAL_PATH": "D:\\portalrb\\",
        }
        for rule in self.rules:
            asked = rule.find("match")
            assert asked is not None
            found = matched(asked, asked.get("url", ""), path)
            known = variables | {f"R:{at}": found[at] or "" for at in range(1 + found.re.groups)} if found else {}
            if not found or not all(self._holds(each, known) for each in rule.iterfind("conditions/add")):
                continue
            action = rule.find("action")
            assert action is not None
            assert rule.get("stopProcessing") == "true"
            if action.get("type") == "Rewrite":
                return 200, self._filled(action.get("url", ""), known)
            return int(action.get("statusCode", "")), self._filled(action.get("statusDescription", ""), known)
        raise AssertionError("no rule answers")

    def _holds(self, condition: Element, known: dict[str, str]) -> bool:
        given = self._filled(condition.get("input", ""), known)
        if condition.get("matchType") == "IsFile":
            return given.replace("/", "\\") in {f"D:\\portalrb\\{FOLDER}\\{each}" for each in FILES}
        return bool(matched(condition, condition.get("pattern", ""), given)) is (condition.get("negate") != "true")

    def _filled(self, text: str, known: dict[str, str]) -> str:
        """Return a text with what stands in braces: a variable, or the value that a map has of one or of a word."""
        inner = re.sub(r"\{([A-Z_]+|R:\d)\}", lambda match: known[match[1]], text)
        return re.sub(r"\{(\w+):([^{}]*)\}", lambda match: self.maps[match[1]].get(match[2], ""), inner)


def matched(element: Element, pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, 0 if element.get("ignoreCase") == "false" else re.IGNORECASE)


FILES = tuple(name.replace("/", "\\") for name in (UNITS_WBK, UNITS_WBBM, "lke/jawaban-unit/UNIT-0.01~a"))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_element_and_attribute_is_one_of_the_schema_of_the_module(language: str) -> None:
    configuration, maps = written(language)
    section = configuration.find("system.webServer/rewrite")
    assert section is not None
    seen = [pair for each in (*section, maps) for pair in below(each, each.tag)]
    assert len(seen) > 20
    for path, element in seen:
        assert set(element.attrib) <= ATTRIBUTES[path], path
        assert all(value in VALUES.get(name, {value}) for name, value in element.attrib.items()), path


def below(element: Element, path: str) -> list[tuple[str, Element]]:
    """Return an element and all in it, each with its path."""
    return [(path, element), *(pair for each in element for pair in below(each, f"{path}/{each.tag}"))]


def test_the_token_opens_every_file_of_the_export(rules: Rules) -> None:
    for file in FILES:
        path = file.replace("\\", "/")
        assert rules.answer(path, KNOWN) == (200, f"{FOLDER}/{path}")
        assert rules.answer(path, KNOWN, "HEAD")[0] == 200


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", f"{KNOWN}0", f"x{KNOWN}", KNOWN.lower(), "known", "UNAUTHORIZED", "Bearer TOKEN"]
)  # fmt: skip
def test_without_the_token_nothing_is_said(rules: Rules, authorization: str) -> None:
    for path in (UNITS_WBK, "lke/jawaban-unit/lain", ""):
        status, text = rules.answer(path, authorization)
        assert (status, json.loads(text)["code"]) == (401, "UNAUTHORIZED")


@pytest.mark.parametrize(
    "path", ["", "pengusulan", f"{UNITS_WBK}/", f"{UNITS_WBK}x", UNITS_WBK.upper(), "lke/jawaban-unit/lain", "lke/jawaban-unit/../x", "web.config", f"{FOLDER}/{UNITS_WBK}", "lke/jawaban-unit/UNIT-0.01~a."]
)  # fmt: skip
def test_what_is_not_there_is_an_error_that_portalrb_reads(rules: Rules, path: str) -> None:
    status, text = rules.answer(path, KNOWN)
    assert (status, json.loads(text)) == (404, {**json.loads(text), "error": True, "code": "DATA_NOT_FOUND"})


def test_nothing_but_reading_is_answered(rules: Rules) -> None:
    status, text = rules.answer(UNITS_WBK, KNOWN, "POST")
    assert (status, json.loads(text)["code"]) == (405, "METHOD_NOT_ALLOWED")


def test_the_token_stands_in_a_file_of_its_own() -> None:
    configuration, maps = written()
    assert [each.get("configSource") for each in configuration.iter("rewriteMaps")] == [
        "catat-api-portal-rb-token.config"
    ]
    assert "TOKEN" not in ElementTree.tostring(configuration, "unicode")
    assert [each.get("ignoreCase") for each in maps] == ["false"]
