"""Why a unit could not be received, in words for an officer of a ministry; and which errors mean what."""

from __future__ import annotations

import http.client
import lzma
import zipfile
import zlib

from generator.disk import NoFile
from generator.messages.printable import printable
from generator.messages.refusals import N_, reason
from generator.publishing.site_copies import CopyTooSlow, CopyUnreachable, FileTooLarge, NoSite
from generator.rollup.unit_readiness import ReadinessInvalid
from generator.rollup.units import UnitFault

_LONGEST = 300
"""Letters of what others wrote that a sentence repeats."""


class Unreadable(Exception):
    """A unit cannot be received. `passing`: it may be another thing at a second look."""

    def __init__(self, fault: UnitFault, *, passing: bool = False) -> None:
        super().__init__(fault)
        self.fault, self.passing = fault, passing


def unreadable(message: str, *, passing: bool = False, **values: str) -> Unreadable:
    """Return the error with a message of the catalogue; what fills it in is shortened and safe to print."""
    filled = tuple((name, printable(value[:_LONGEST])) for name, value in values.items())
    return Unreadable(UnitFault(message, filled), passing=passing)


READING_ERRORS = (
    NoSite,
    CopyUnreachable,
    OSError,
    http.client.HTTPException,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What reading a place raises, whatever lies there."""


def of_reading(error: Exception, seconds: float) -> Unreadable:
    """Return why a place could not be read, which one of READING_ERRORS says; `seconds` is the time that it had."""
    match error:
        case FileTooLarge():
            message = N_("its {file} has more than {most} MiB, which is the most that is read")
            return unreadable(message, file=error.detail, most=str(error.most >> 20))
        case NoSite() if error.reason in _NO_SITE:
            return unreadable(_NO_SITE[error.reason], detail=_without_query(error.detail))
        case CopyTooSlow():
            message = N_(
                "its server is too slow: it did not send all that was asked for in time ({seconds} seconds at most)"
            )
            return unreadable(message, seconds=f"{seconds:g}")
        case CopyUnreachable():
            return unreadable(N_("its server does not answer: {why}"), why=error.detail)
        case FileNotFoundError() | NotADirectoryError():
            return unreadable(
                N_(
                    "there is nothing at its place; look whether it was moved, or correct the list (an address begins "
                    "with https:// or http://)"
                )
            )
        case NoFile():
            return unreadable(N_("its place is a pipe or a device; name a folder, a bundle (.zip) or an address"))
        case OSError():
            return unreadable(N_("its place cannot be read: {why}"), why=reason(error))
        case _:
            return unreadable(N_("its place cannot be read: {why}"), why=str(error) or type(error).__name__)


_NO_SITE = {
    "no-list": N_("there is no site of Catat at its place: it has no SHA256SUMS"),
    "not-zip": N_("its place cannot be read as a zip: it was cut short, or is no bundle"),
    "scheme": N_("its place begins with {detail}, which is not known; name a folder, a bundle (.zip) or an address"),
    "address": N_("its place is not the address of a folder, such as https://satker.example.go.id/zi/"),
    "password": N_("its place has a user or a password in it, which others would read; leave it out"),
    "redirect": N_("its address leads elsewhere: {detail}; if that is right, name in the list where it leads"),
    "login": N_("its address asks who reads it (HTTP {detail}); read it from a network that may, or name its folder"),
}

NO_LIST = N_("what its place gives as SHA256SUMS is no list of checksums, but perhaps a page that asks for a login")
EMPTY_LIST = N_("its SHA256SUMS is empty")
NOT_LISTED = N_("its list of checksums names no readiness.json")
NO_READINESS = N_("its site has no readiness.json; it may be half published: try again later")
ANOTHER_READINESS = N_(
    "its readiness.json is not the one that its list of checksums names; it may be half published: try again later"
)
UNDER_WAY = N_("it is being published, or its last publication stopped half-way: try again later")
BUNDLE_ADDRESS = N_("its address is that of a file (.zip): download the bundle, and name the file in the list")
SOURCES = N_("its place has the sources of a portfolio, not its site; use --build, or name the folder of the site")
NOT_ASKED = N_("its server {host} did not answer for {count} units, so it was not asked again")
NOT_SIGNED = N_("it must be signed by {signer}, and has no signature")
FOREIGN_KEY = N_("its signature is by a key that the list of signers does not have, or not any more")
OTHER_SIGNER = N_("it must be signed by {signer}, and is signed by {found}")
BAD_SIGNATURE = N_("its signature is not good: {why}")

OF_THE_LIST = frozenset(
    {BUNDLE_ADDRESS, SOURCES, *(_NO_SITE[each] for each in ("scheme", "address", "password", "redirect"))}
)
"""Reasons for which the place in the list is to be corrected."""


def of_readiness(error: ReadinessInvalid) -> Unreadable:
    """Return why the figures of a unit are refused."""
    return unreadable(_READINESS[error.reason], detail=error.detail)


_READINESS = {
    "too-large": N_("its readiness.json has more than {detail} MiB, which is the most that is read"),
    "no-readiness": N_("its readiness.json cannot be read: {detail}"),
    "schema": N_(
        "its readiness.json has the schema {detail}, which is not known here; update Catat, or ask the unit to"
    ),
    "contradiction": N_("its readiness.json contradicts itself ({detail}); ask the unit to build its site anew"),
}


def _without_query(address: str) -> str:
    """Return where a redirect leads, without what may let others in: a password, or the keys of a session."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return address.partition("?")[0]
    host, slash, path = rest.partition("?")[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
