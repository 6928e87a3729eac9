"""What an address of the web is by its form, and which one was meant."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.evidence.addresses import UrlFault, url_fault, url_form, without_password
from generator.model.evidence import UrlForm
from generator.typos.addresses import address_meant

DOCUMENTS = """
https://example.org
http://example.org/a.pdf
HTTPS://EXAMPLE.ORG/a.pdf
https://example.org:8443/a?b=c#d
https://example.org/@user/a
https://192.0.2.1/a
https://[2001:db8::1]:8080/a
https://contoh.go.id/berita/zona-integritas-é
https://contoh.go.id/folders/drive.google.com
https://drive.google.com.example.org/drive/folders/1
https://drive.google.com/file/d/1AbC/view?usp=sharing
https://drive.google.com/uc?export=download&id=1AbC
https://drive.google.com/a/contoh.go.id/file/d/1AbC/view
https://docs.google.com/document/d/1AbC/edit
https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0
https://docs.google.com/forms/d/e/1AbC/viewform
https://1drv.ms/b/s!AbC
https://1drv.ms/w/s!AbC
https://1drv.ms/x/c/0a1b/AbC
https://onedrive.live.com/?cid=0A&id=0A%211&o=OneUp
https://onedrive.live.com/view.aspx?resid=0A!1
https://onedrive.live.com/edit.aspx?resid=0A!1
https://contoh.sharepoint.com/:b:/g/AbC
https://contoh.sharepoint.com/:w:/s/zi/AbC?e=1
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/sk.pdf
https://contoh.sharepoint.com/sites/zi/_layouts/15/Doc.aspx?sourcedoc=%7B1%7D&file=sk.docx
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fzi%2FShared%20Documents%2Fsk%2Epdf
https://www.dropbox.com/s/abc/sk.pdf?dl=0
https://www.dropbox.com/scl/fi/abc/sk.pdf?rlkey=1
https://www.dropbox.com/scl/fi/abc?rlkey=1
https://www.dropbox.com/s/abc
https://www.dropbox.com/t/abc
https://www.dropbox.com/personal/a/sk.pdf
https://www.dropbox.com/personal/a?preview=sk.pdf
https://www.dropbox.com/work/Tim?preview=sk.pdf
https://www.dropbox.com/workers
https://contoh.sharepoint.com/sites/zi/Dok/Forms/Tampilan.aspx?id=%2Fsites%2Fzi%2FDok%2Fsk%2Epdf
https://contoh.sharepoint.com/sites/zi/Dok/Forms/DispForm.aspx?ID=3
https://contoh.sharepoint.com/sites/zi/SitePages/Beranda.aspx
https://docs.google.com/document/u/0/d/1AbC/edit
https://mega.nz/file/AbC#key
https://mega.nz/folder/AbC#key/file/DeF
https://mega.nz/#!AbC!key
https://app.box.com/file/123
https://app.box.com/s/AbC/file/123
https://disk.yandex.com/i/AbC
https://disk.yandex.ru/d/AbC/sk.pdf
https://u.pcloud.link/publink/show?code=XZabc
https://www.mediafire.com/file/AbC/sk.pdf/file
https://www.4shared.com/office/AbC/sk.html
https://www.icloud.com/iclouddrive/0AbC#sk.pdf
https://photos.google.com/share/AbC/photo/DeF
https://cloud.contoh.go.id/s/AbCdEfGhIjKlMnO?path=%2F&files=sk.pdf
https://contoh.go.id/s/berita
https://x.com/kemenag/status/1
https://8.8.8.8/a
https://172.32.0.1/a
https://172.15.0.1/a
https://github.com/a/b/compare/v1...v2
https://lokal.go.id/a
https://intranet.contoh.go.id/a
https://localhost.go.id/a
https://test.go.id/a
https://kemenag.go.id/unduh/id_file/3
https://kemenag.go.id/download/file_id/12
https://kemenag.go.id/berita?id=[12]
"""
FOLDERS = """
https://drive.google.com/drive/folders/1AbC
https://drive.google.com/drive/folders/1AbC?usp=sharing
https://drive.google.com/drive/u/0/folders/1AbC
https://drive.google.com/drive/mobile/folders/1AbC
https://drive.google.com/a/contoh.go.id/folders/1AbC
https://drive.google.com/folderview?id=1AbC
https://drive.google.com/embeddedfolderview?id=1AbC
https://drive.google.com/drive/my-drive
https://drive.google.com/drive/shared-with-me
https://drive.google.com/
https://DRIVE.google.com./drive/folders/1AbC
https://drive.google.com:443/drive/folders/1AbC
https://drive.google.com/drive/%66olders/1AbC
https://1drv.ms/f/s!AbC
https://1drv.ms/f/c/0a1b/AbC
https://onedrive.live.com/?id=0A%211&cid=0A
https://onedrive.live.com/?authkey=!A&id=0A%211&cid=0A
https://contoh.sharepoint.com/:f:/g/AbC?e=1
https://contoh.sharepoint.com/:f:/s/zi/AbC
https://contoh-my.sharepoint.com/:f:/g/personal/siti_contoh_go_id/AbC
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Forms/AllItems.aspx
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fzi%2FShared%20Documents%2FArea%201
https://contoh-my.sharepoint.com/personal/siti/_layouts/15/onedrive.aspx?id=%2Fpersonal%2Fsiti%2FDocuments%2FZI
https://contoh.sharepoint.com/sites/zi/Shared%20Documents/Area%201
https://www.dropbox.com/sh/abc/def?dl=0
https://dropbox.com/sh/abc/def
https://www.dropbox.com/scl/fo/abc/def?rlkey=1
https://www.dropbox.com/home/ZI
https://www.dropbox.com/
https://www.dropbox.com
https://dropbox.com/home
https://www.dropbox.com/personal
https://www.dropbox.com/personal/a
https://www.dropbox.com/work/Tim
https://contoso.sharepoint.com/sites/x/Dok/Forms/Tampilan.aspx
https://contoso.sharepoint.com/sites/x/Dok/forms/Semua%20dokumen.aspx?viewid=1
https://docs.google.com/folder/d/1/edit
https://docs.google.com/a/contoh.go.id/folder/d/1
https://drive.google.com/folder/d/1AbC/edit
https://docs.google.com/document/u/0/
https://mega.nz/folder/AbC#key
https://mega.nz/#F!AbC!key
https://mega.co.nz/#F!AbC!key
https://app.box.com/folder/123
https://kemenag.app.box.com/folder/123
https://app.box.com/s/AbC/folder/123
https://disk.yandex.ru/client/disk/ZI
https://disk.yandex.ru/a/AbC
https://u.pcloud.link/publink/show?code=kZabc
https://www.mediafire.com/folder/AbC/ZI
https://www.4shared.com/folder/AbC/ZI.html
https://www.icloud.com/sharedalbum/#B0
https://photos.google.com/share/AbC
https://photos.google.com/album/AbC
https://cloud.contoh.go.id/apps/files/?dir=/ZI
https://cloud.contoh.go.id/index.php/apps/files?dir=/ZI
https://onedrive.live.com/:f:/g/personal/0A/AbC
https://contoh.sharepoint.com/sites/zi/_layouts/15/guestaccess.aspx?guestaccesstoken=a&folderid=1
https://gofile.io/d/AbC
"""
UNCLEAR = """
https://drive.google.com/open?id=1AbC
https://drive.google.com/a/contoh.go.id/open?id=1AbC
https://docs.google.com/open?id=1AbC
https://1drv.ms/u/s!AbC
https://1drv.ms/AbC
https://onedrive.live.com/redir?resid=0A!1
https://bit.ly/zi-bdk
https://S.ID/zi-bdk
https://www.tinyurl.com/zi-bdk
https://linktr.ee/bdk
https://we.tl/t-AbC
https://wetransfer.com/downloads/AbC
https://cloud.contoh.go.id/s/AbC123
https://contoh.go.id/index.php/s/AbCdEfGhIjKlMnO
https://contoh.go.id/s/AbCdEfGhIjKlMnO
https://app.box.com/s/AbC
https://yadi.sk/d/AbC
https://u.pcloud.link/publink/show?code=AbC
https://www.mediafire.com/?AbC
https://1024terabox.com/s/1AbC
https://www.icloud.com/iclouddrive/0AbC#ZI
https://photos.app.goo.gl/AbC
https://www.dropbox.com/l/AbC
"""
PRIVATE = """
http://localhost
http://localhost:8000/sk.pdf
http://LOCALHOST./a
http://zi.localhost/a
http://nas.local/sk.pdf
http://server.lan/a
http://127.0.0.1/a
http://127.1/a
http://2130706433/
http://0x7f000001/
http://0x7f.0.0.1/
http://0177.0.0.1/
http://017700000001/
http://0/
http://0.0.0.0/
http://10.1.2.3/sk.pdf
http://172.16.0.1/a
http://172.31.255.254/a
http://192.168.1.10:8080/a
http://169.254.1.1/a
http://100.64.0.1/a
http://255.255.255.255/
http://[::]/
http://[::1]:8000/a
http://[fc00::1]/
http://[fd12:3456::1]/
http://[fe80::1%25eth0]/
http://[::ffff:127.0.0.1]/
http://[::ffff:10.0.0.1]/
http://[64:ff9b::10.0.0.1]/
http://%6cocalhost/a
http://\uff11\uff12\uff17.0.0.1/
http://127\u30020\u30020\u30021/
http://user@localhost/a
http://sipadu.lokal/a
http://server.test/a
http://portal.invalid/
"""
PLACEHOLDERS = (
    "https://\u2026", "https://...", "https://", "http://", "https:///", "https://xxx", "https://XXXX/", "https://xxx.go.id/a",
    "https://contoh", "https://example.com/\u2026", "https://www.example.com", "https://link", "http://alamat",
    "https://isi-di-sini", "<isi di sini>", "isi di sini", "https://<isi di sini>", "https://drive.google.com/\u2026",
    "https://drive.google.com/...", "https://drive.google.com/file/d/\u2026/view", "https://drive.google.com/file/d/xxxx/view",
    "https://drive.google.com/file/d/FILE_ID/view", "https://drive.google.com/file/d/<id>/view", "https://s.id/xxx",
    "https://contoh.go.id/berita/zona-integ...", "https://-", "https://___", "link", "tautan", "-", "TBD", "\u2026",
    "https://drive.google.com/file/d/", "https://drive.google.com/file/d//view", "https://drive.google.com/file/d/view?usp=sharing",
    "https://docs.google.com/document/d/", "https://docs.google.com/forms/d/e/viewform", "https://bit.ly/", "https://s.id",
    "https://youtu.be/", "https://forms.gle/", "https://a.go.id/unduh?id=[isi id]",
)  # fmt: skip
MEANT = {
    "htps://a.go.id/x": "https://a.go.id/x",
    "htpps://a.go.id": "https://a.go.id",
    "hhtps://a.go.id": "https://a.go.id",
    "ttps://a.go.id": "https://a.go.id",
    "http;//a.go.id": "http://a.go.id",
    "https//a.go.id": "https://a.go.id",
    "https:/a.go.id": "https://a.go.id",
    "http:/a.go.id": "http://a.go.id",
    "https:a.go.id": "https://a.go.id",
    "https: //a.go.id": "https://a.go.id",
    "https:\\\\a.go.id\\b": "https://a.go.id/b",
    "https://https://a.go.id/x": "https://a.go.id/x",
    "https://http//a.go.id/x": "http://a.go.id/x",
    "//a.go.id/x": "https://a.go.id/x",
    "www.a.go.id/x": "https://www.a.go.id/x",
    "https://a.go.id/x y.pdf": "https://a.go.id/x%20y.pdf",
}
INVALID = (
    "", "example.org", "www.example.org/a", "//example.org/a", "/a", "a.pdf", "ftp://example.org/a", "file:///etc/passwd",
    "javascript:alert(1)", "JavaScript:alert(1)//https://example.org", "data:text/html,x", "mailto:a@example.org",
    "https://", "https:///a", "http:/example.org", "https:example.org", "https://example.org/a b",
    "https:// example.org", "https://example .org", "https://example.org:99999/a", "https://example.org:port/a", "https://[2001:db8::1/a",
    "https://example.org\\a", "https://drive.google.com\\@example.org", "https://example.org/\n", "https://example.org/<b>",
    "https://.", "https://example.org/\x00", 'https://example.org/"onclick="', "https://user@/a",
)  # fmt: skip


@pytest.mark.parametrize("address", DOCUMENTS.split())
def test_the_address_of_a_document(address: str) -> None:
    assert url_form(address) is UrlForm.DOCUMENT


@pytest.mark.parametrize("address", FOLDERS.split())
def test_the_address_of_a_folder(address: str) -> None:
    assert url_form(address) is UrlForm.FOLDER


@pytest.mark.parametrize("address", INVALID)
def test_what_is_no_web_address(address: str) -> None:
    assert url_form(address) is UrlForm.INVALID


@pytest.mark.parametrize("address", UNCLEAR.split())
def test_an_address_that_may_be_a_documents_or_a_folders(address: str) -> None:
    assert url_form(address) is UrlForm.UNCLEAR


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_of_this_computer_or_of_a_local_network(address: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.PRIVATE)


@pytest.mark.parametrize("address", PLACEHOLDERS)
def test_a_placeholder_is_no_address(address: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.PLACEHOLDER)
    assert address_meant(address) is None


@pytest.mark.parametrize("address", ["https://server/x", "https://zi", "http://sharepoint:8080/a"])
def test_a_host_of_one_word_is_known_to_one_network_only(address: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.ONE_WORD)


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://user@example.org/a", "https://example.org/a"),
        ("https://contoh.go.id@drive.google.com/drive/folders/1AbC", "https://drive.google.com/drive/folders/1AbC"),
    ],
)
def test_an_address_with_a_user_name_or_a_password_is_refused(address: str, bare: str) -> None:
    assert (url_form(address), url_fault(address)) == (UrlForm.INVALID, UrlFault.PASSWORD)
    assert without_password(address) == bare
    assert url_fault(bare) is None


@pytest.mark.parametrize(
    "address", ["ftp://a.go.id/x", "mailto:a@b.id", "whatsapp://send?x", "file:///C:/x", "tel:+62"]
)
def test_an_address_of_another_scheme_has_no_suggestion(address: str) -> None:
    assert (url_fault(address), address_meant(address)) == (UrlFault.SCHEME, None)


@pytest.mark.parametrize(
    "address",
    ["http://1.2.3.4.5/", "http://999.1.1.1/", "https://a..go.id", "https://kemenag,go,id/a", "https://a b.go.id"],
)
def test_a_host_that_cannot_be_one(address: str) -> None:
    assert (url_fault(address), address_meant(address)) == (UrlFault.SYNTAX, None)


@pytest.mark.parametrize(("address", "meant"), MEANT.items())
def test_the_address_that_a_slip_means(address: str, meant: str) -> None:
    assert url_form(address) is UrlForm.INVALID
    assert address_meant(address) == meant


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_what_is_meant_by_any_text_is_an_address(address: str) -> None:
    for candidate in (address, f"https:/{address}", f"htps://{address}"):
        meant = address_meant(candidate)
        assert meant is None or url_form(meant) is not UrlForm.INVALID


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_form_and_what_is_accepted_begins_with_http(address: str) -> None:
    for candidate in (address, f"https://{address}", f"https://drive.google.com/{address}"):
        if url_form(candidate) is not UrlForm.INVALID:
            assert re.match(r"https?://[^/]", candidate, re.IGNORECASE)
            assert urlsplit(candidate).hostname
