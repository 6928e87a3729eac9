"""What S3 alone has: types that are said at the put, conditional writes, no folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model.target_address import parse_target
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import Target, TargetRefused, Upload
from tests.support.s3_server import BUCKET, S3Server


@pytest.fixture
def target(s3_place: str) -> Iterator[Target]:
    with open_target(parse_target(s3_place)) as one:
        yield one


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/a.css", "text/css; charset=utf-8"),
        ("readiness.json", "application/json; charset=utf-8"),
        ("files/a.pdf", "application/pdf"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("files/a.unknown", "application/octet-stream"),
    ],
)
def test_a_file_is_served_as_what_its_name_says(
    target: Target, s3: S3Server, s3_place: str, tmp_path: Path, path: str, kind: str
) -> None:
    (tmp_path / "x").write_bytes(b"x")
    place = s3_place.removeprefix(f"s3://{BUCKET}/")
    target.write(f"a/{path}", b"x")
    target.upload(Upload(tmp_path / "x", f"b/{path}", 1))
    target.upload(Upload(tmp_path / "x", ".catat/objects/0a", 1))
    target.copy(".catat/objects/0a", f"c/{path}")
    target.copy(f"a/{path}", ".catat/objects/0b")
    target.move(".catat/objects/0b", f"d/{path}")
    assert {s3.media_type(f"{place}/{folder}/{path}") for folder in "abcd"} == {kind}
    assert target.read(f"c/{path}") == b"x"


def test_a_write_on_a_condition_needs_the_version_that_was_seen(target: Target) -> None:
    assert target.version("head") is None
    assert target.write_if("head", b"1", None)
    assert not target.write_if("head", b"2", None)
    seen = target.version("head")
    assert seen
    assert target.write_if("head", b"2", seen)
    assert not target.write_if("head", b"3", seen)
    assert target.read("head") == b"2"
    assert not target.write_if("gone", b"3", seen)
    assert not target.exists("gone")


def test_an_empty_place_is_none(target: Target) -> None:
    assert not target.exists("")
    assert target.names("") == ()
    target.write("a/b", b"1")
    assert target.exists("")
    assert target.names("") == ("a",)


def test_a_place_is_not_one_that_begins_as_it(s3_place: str, target: Target) -> None:
    target.write("a/b", b"1")
    with open_target(parse_target(f"{s3_place}x")) as other:
        assert not other.exists("a/b")
        other.write("a/c", b"2")
    target.remove_tree("a")
    assert not target.exists("a/b")
    with open_target(parse_target(f"{s3_place}x")) as other:
        assert other.read("a/c") == b"2"


def test_a_name_that_no_path_can_have_is_refused(target: Target) -> None:
    with pytest.raises(OSError, match="Invalid"):
        target.write("a/../b", b"x")


def test_a_bucket_that_is_not_there_and_a_wrong_key_are_refused(
    s3: S3Server, s3_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target("s3://tidak-ada/x"))
    assert caught.value.reason == "no-folder"
    s3.request("POST", "moto-api/reset-auth", b"0")
    try:
        with pytest.raises(TargetRefused) as caught:
            open_target(parse_target(s3_place))
    finally:
        s3.request("POST", "moto-api/reset-auth", b"inf")
    assert caught.value.reason == "login"
    assert "InvalidAccessKeyId" in caught.value.detail
    assert "rahasia" not in str(caught.value)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target(s3_place))
    assert caught.value.reason == "login"


def test_a_bucket_of_another_host_is_not_asked_without_tls(s3_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1:9000")  # refused before anything is sent
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    with pytest.raises(TargetRefused) as caught:
        open_target(parse_target(s3_place))
    assert caught.value.reason == "login"
    assert "https" in caught.value.detail
