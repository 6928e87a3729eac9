"""`catat publish` and `catat verify` with a server, and with none that answers."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command import catat
from tests.support.office import Office
from tests.support.published import tree_of
from tests.support.ssh_server import SshServer

pytestmark = pytest.mark.usefixtures("ssh_environment")


def test_a_site_is_published_by_sftp_verified_and_brought_back(tmp_path: Path, ssh: SshServer) -> None:
    place = ssh.place / "zi"
    place.mkdir()
    address = ssh.address(place)
    office = Office(tmp_path, publish={"server": address})
    assert "folder current" in office.published("--setup", target="server").stdout
    done = office.published(target="server")
    assert done.stdout.endswith(", verified\n")
    assert office.lines[0]["target"] == "server"
    current = place / "current"
    first = tree_of(current.resolve())
    assert first == office.built
    assert catat("verify", "server", "--lang", "en", cwd=office.home).returncode == 0
    assert catat("verify", address, "--lang", "en").returncode == 0
    office.record("rapat", "notulen.pdf", title="Judul baru")
    office.published(target="server")
    assert "Nothing has changed" in office.published(target="server").stdout
    (current / "records/rapat.html").write_text("palsu")
    done = catat("verify", "server", "--lang", "en", cwd=office.home)
    assert done.returncode == 1
    assert "records/rapat.html" in done.stdout
    office.published("--rollback", target="server")
    assert tree_of(current.resolve()) == first


@pytest.mark.parametrize(("lang", "sentence"), [("en", "The connection failed: "), ("id", "Sambungan gagal: ")])
def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path, lang: str, sentence: str) -> None:
    office = Office(tmp_path)
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens on it
        port = taken.getsockname()[1]
        done = office.publish(target=f"sftp://zi@127.0.0.1:{port}/zi", lang=lang)
        assert done.returncode == 3
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
        assert "Traceback" not in catat("verify", f"sftp://zi@127.0.0.1:{port}/zi").stderr
    assert office.lines == []
