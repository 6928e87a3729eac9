"""`catat server-config`: the configuration of a web server that serves the site, on standard output."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import print_data
from generator.commands.group import catat
from generator.commands.options import examples, lang_option, parse_option

if TYPE_CHECKING:
    from generator.publishing.server_configuration import Serving

SERVERS = ("nginx", "apache", "caddy", "iis")


@catat.command(
    "server-config",
    help=_(
        "Write the configuration with which a web server serves the site: read only, no lists of folders, nothing of "
        "the documents run, a page of its own for what is not there. Its comments say where to put it and how to try "
        "it. nginx, Apache and Caddy are tried with each version of Catat; IIS was not. With --portalrb it is what "
        "answers PortalRB from the folder of catat export portalrb."
    ),
    epilog=examples(
        "  catat server-config nginx --base /zi/\n"
        "  catat server-config apache --base /zi/ --root /srv/zi/current --network 10.0.0.0/8 > zi.conf\n"
        "  catat server-config nginx --portalrb --base /portalrb/ --root /srv/portalrb > portalrb.conf"
    ),
)
@click.argument("server", type=click.Choice(SERVERS))
@click.option("--base", required=True, metavar="/zi/", help=_("The address of the site on its server."))
@click.option(
    "--root",
    metavar="/var/www/zi/current",
    help=_("The folder of the site on the server: the link `current`, or a plain folder."),
)
@click.option(
    "--network",
    "networks",
    multiple=True,
    metavar="10.0.0.0/8",
    help=_("Who reads without a password; everybody else needs one. May be given several times."),
)
@click.option("--site-name", help=_("The name on the page for what is not there."))
@click.option("--portalrb", is_flag=True, help=_("For PortalRB, which shows a token, instead of for readers."))
@lang_option
def server_config(
    server: str,
    base: str,
    root: str | None,
    networks: tuple[str, ...],
    site_name: str | None,
    portalrb: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """Write a configuration."""
    from generator.publishing import server_configuration as written

    at = parse_option("--base", written.base_path, base) or "/"
    serving = written.Serving(
        base=at,
        root=parse_option("--root", written.root_path, root) or f"/var/www/{at.strip('/') or 'catat'}/current",
        networks=tuple(filter(None, (parse_option("--network", written.network, each) for each in networks))),
        name=parse_option("--site-name", written.site_name, site_name) or _("Zona Integritas portfolio"),
    )
    if portalrb:
        return _for_portalrb(server, serving, for_readers=bool(networks or site_name))
    return _print_configuration(written.configuration(server, serving), server)


def _for_portalrb(server: str, serving: Serving, *, for_readers: bool) -> int:
    from generator.publishing import portalrb_server

    if for_readers:
        raise click.UsageError(_("--network and --site-name are for readers of a site; PortalRB shows a token."))
    return _print_configuration(portalrb_server.configuration(server, serving), server)


def _print_configuration(text: str, server: str) -> int:
    print_data(text.rstrip("\n"))
    if server == "iis":
        click.echo(
            _("This configuration was never tried on IIS. Try it, and tell us what had to be changed."), err=True
        )
    return exitcodes.OK
