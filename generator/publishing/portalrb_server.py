"""What a web server needs to answer PortalRB from the folder of an export: the files alone, and only with the token."""

from __future__ import annotations

import json
import shlex
from gettext import gettext as _

from generator.exchange.portalrb import ANSWERS, UNIT_ID, UNITS_WBBM, UNITS_WBK
from generator.publishing.server_configuration import TEMPLATES, Serving, Value, comments, from_template, place

SERVERS = ("nginx", "apache", "caddy")
"""The servers that can be had for it; IIS knows no tokens."""

_TOKENS = {
    "nginx": ("/etc/nginx/{name}.token", 'set ${id}_token "TOKEN";'),
    "apache": ("/etc/apache2/{name}.token", 'SetEnvIf Authorization "^Bearer TOKEN$" {id}_known'),
    "caddy": ("/etc/caddy/{name}.token", '@{id}_known header Authorization "Bearer TOKEN"'),
}
"""For each server the file with the token, and its one line, without which nobody is answered."""
_MODULES = "alias allowmethods dir env headers setenvif"


def configuration(server: str, serving: Serving) -> str:
    """Return the configuration of a server (`SERVERS`), with comments in the language of the run."""
    errors = {
        "UNAUTHORIZED": _("The token is missing or wrong."),
        "DATA_NOT_FOUND": _("There is no such file here: units to propose, or the answers of a unit."),
        "METHOD_NOT_ALLOWED": _("Only GET is answered here."),
    }
    values: dict[str, Value] = {
        **comments(_comments(server, serving), server),
        **{code: _error(code, message) for code, message in errors.items()},
        "ID": serving.identifier,
        "NAME": serving.file_name,
        "BASE": serving.base,
        "BASE_PATTERN": serving.base.replace(".", r"\."),
        "NAMES": f"{UNITS_WBK}|{UNITS_WBBM}|{ANSWERS}/{UNIT_ID}".replace("{0,126}", "*"),
        "ROOT": serving.root,
    }
    return from_template(f"portalrb-{TEMPLATES[server]}", values)


def _error(code: str, message: str) -> str:
    """Return an error as PortalRB reads it, in characters that no configuration reads anything else in."""
    plain = message.encode("ascii", "replace").decode("ascii").translate(dict.fromkeys(map(ord, "'\"\\$%`{}")))
    return json.dumps({"error": True, "code": code, "message": plain})


def _comments(server: str, serving: Serving) -> dict[str, str]:
    command = ["catat", "server-config", server, "--portalrb", "--base", serving.base, "--root", serving.root]
    file, line = (each.format(name=serving.file_name, id=serving.identifier) for each in _TOKENS[server])
    about = _("What PortalRB asks for at {base}: the folder of catat export portalrb. Written with:")
    token = _(
        "PortalRB shows a token, which stands in no other file than {file}: let only the server read it. It holds the "
        "line below, with what `openssl rand -hex 32` prints for TOKEN. PortalRB asks by HTTPS alone, so the server of "
        "this address needs a certificate."
    )
    return {
        "ABOUT": f"{about.format(base=serving.base)}\n    {shlex.join(command)}",
        "PLACE": place(server, _MODULES).replace("{name}", serving.file_name),
        "TOKEN": f"{token.format(file=file)}\n    {line}",
        "ERRORS": _("Errors as PortalRB reads them."),
    }
