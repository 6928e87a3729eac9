"""What a web server needs to answer PortalRB from the folder of an export: the files alone, and only with the token."""

from __future__ import annotations

import html
import json
import shlex
from collections.abc import Mapping
from gettext import gettext as _

from generator.exchange.portalrb import ANSWERS, UNIT_ID, UNITS_WBBM, UNITS_WBK
from generator.publishing.server_configuration import TEMPLATES, Serving, Value, comments, from_template, place

_TOKENS = {
    "nginx": ("/etc/nginx/{name}.token", 'set ${id}_token "TOKEN";'),
    "apache": ("/etc/apache2/{name}.token", 'SetEnvIf Authorization "^Bearer TOKEN$" {id}_known'),
    "caddy": ("/etc/caddy/{name}.token", '@{id}_known header Authorization "Bearer TOKEN"'),
}
"""For each server the file with the token, and its one line, without which nobody is answered."""
_MODULES = "alias allowmethods dir env headers setenvif"


def configuration(server: str, serving: Serving) -> str:
    """Return the configuration of a server (`TEMPLATES`), with comments in the language of the run."""
    messages = {
        "UNAUTHORIZED": _("The token is missing or wrong."),
        "DATA_NOT_FOUND": _("There is no such file here: units to propose, or the answers of a unit."),
        "METHOD_NOT_ALLOWED": _("Only GET is answered here."),
    }
    errors = {code: _error(code, message) for code, message in messages.items()}
    texts = _iis_comments(serving) if server == "iis" else _comments(server, serving)
    values: dict[str, Value] = {
        **comments(texts, server),
        **errors,
        "TOKEN_FILE": _iis_token_file(serving, errors),
        "ID": serving.identifier,
        "NAME": serving.file_name,
        "BASE": serving.base,
        "BASE_PATTERN": serving.base.replace(".", r"\."),
        "NAMES": f"{UNITS_WBK}|{UNITS_WBBM}|{ANSWERS}/{UNIT_ID}".replace("{0,126}", "*"),
        "ROOT": serving.root,
        "FOLDER": html.escape(serving.root.rpartition("/")[2]),
    }
    comment = "<!-- {} -->" if server == "iis" else "# {}"
    return from_template(f"portalrb-{TEMPLATES[server]}", values, comment)


def _error(code: str, message: str) -> str:
    """Return an error as PortalRB reads it, in characters that no configuration reads anything else in."""
    plain = message.encode("ascii", "replace").decode("ascii").translate(dict.fromkeys(map(ord, "'\"\\$%`{}")))
    return json.dumps({"error": True, "code": code, "message": plain})


def _comments(server: str, serving: Serving) -> dict[str, str]:
    file, line = (each.format(name=serving.file_name, id=serving.identifier) for each in _TOKENS[server])
    token = _(
        "PortalRB shows a token, which is in no other file than {file}: let only the server read it. It holds the "
        "line below, with what `openssl rand -hex 32` prints for TOKEN. PortalRB asks by HTTPS alone, so the server of "
        "this address needs a certificate."
    )
    return {
        "ABOUT": _about(server, serving),
        "PLACE": place(server, _MODULES).replace("{name}", serving.file_name),
        "TOKEN": f"{token.format(file=file)}\n    {line}",
        "ERRORS": _("Errors as PortalRB reads them."),
    }


def _iis_comments(serving: Serving) -> dict[str, str]:
    folder, _slash, export = serving.root.rpartition("/")
    where = _(
        "NOT TRIED on IIS; tell us how it went. It needs the module URL Rewrite 2. Save as web.config in {folder}, "
        "which has the export in its folder {export}, and let {base} be an application with the folder {folder}."
    )
    token = _(
        "PortalRB shows a token, which is in no other file than {file}: let only the server read it. It holds the "
        "lines below, with at least 32 random letters and digits for TOKEN. PortalRB asks by HTTPS alone, so the "
        "server of this address needs a certificate."
    )
    return {
        "ABOUT": _about("iis", serving),
        "PLACE": where.format(folder=folder or "/", export=export, base=serving.base),
        "TOKEN": token.format(file=f"{folder}/{serving.file_name}-token.config"),
        "ERRORS": _("Every answer is JSON, errors as well."),
    }


def _iis_token_file(serving: Serving, errors: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines of the file with the token; with the errors, as a rule reads braces as names of variables."""
    rows = {"Bearer TOKEN": "known", **errors}
    return (
        "<rewriteMaps>",
        f'  <rewriteMap name="{serving.identifier}" ignoreCase="false">',
        *(f"    <add key='{key}' value='{html.escape(value, quote=False)}' />" for key, value in rows.items()),
        "  </rewriteMap>",
        "</rewriteMaps>",
    )


def _about(server: str, serving: Serving) -> str:
    command = ["catat", "server-config", server, "--portalrb", "--base", serving.base, "--root", serving.root]
    about = _("What PortalRB asks for at {base}: the folder of catat export portalrb. Written with:")
    return f"{about.format(base=serving.base)}\n    {shlex.join(command)}"
