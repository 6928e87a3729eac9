"""`catat schema`: the JSON Schema of a kind of file, for editors and other programs."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import exitcodes
from generator.commands.console import language_of, print_data
from generator.commands.group import catat
from generator.commands.options import examples, lang_option, portfolio_argument

if TYPE_CHECKING:
    from generator.model.instrument import Instrument

_DATA = "portfolio-json"
_REVIEW = "review"
EXCHANGED = ("portalrb-units", "portalrb-answers", _DATA, _REVIEW)
"""The names of the schemas of files that other programs read, which no editor writes."""


class _SchemaName(click.ParamType[str]):
    """A kind of file, checked only when it is used, so that `--help` stays quick."""

    name = "NAME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept the name of a schema."""
        from generator.editor.schemas import NAMES

        names = (*NAMES, *EXCHANGED)
        if value not in names:
            known = ", ".join(names)
            self.fail(_("There is no schema {name}; there are {known}.").format(name=value, known=known), param, ctx)
        return str(value)


@catat.command(
    help=_(
        "Write the JSON Schema (draft-07) of a kind of file, with the items and types of the portfolio's instrument: "
        "portfolio, instrument or defaults, or of the front matter of a record, an assessment, a finding or a page. "
        "For VS Code there is: catat setup. Of exported data there are portfolio-json (catat export registers), "
        "portalrb-units and portalrb-answers (catat export portalrb), and review is what the assessor's desk exports "
        "(catat merge)."
    ),
    epilog=examples("  catat schema record\n  catat schema portfolio my-portfolio > portfolio.schema.json"),
)
@click.argument("name", type=_SchemaName())
@portfolio_argument
@lang_option
def schema(name: str, portfolio: Path | None) -> int:
    """Write a schema."""
    import json

    if name == _DATA:
        from generator.exchange.registers.portfolio_schema import portfolio_schema_json

        print_data(portfolio_schema_json().removesuffix("\n"))
        return exitcodes.OK
    if name == _REVIEW:
        from generator.exchange.review_schema import review_schema

        print_data(json.dumps(review_schema(), ensure_ascii=False, indent=2))
        return exitcodes.OK
    from generator.build import configuration
    from generator.editor import schemas

    folder = portfolio or next(
        (each for each in (Path(), Path("content")) if (each / "portfolio.yaml").is_file()), None
    )
    settings, instrument, _problems = configuration.basis(folder) if folder is not None else (None, None, ())
    language = language_of(settings.language if settings is not None else "id")
    if name in EXCHANGED:
        found = _exchanged(name, instrument)
    else:
        found = schemas.schema(name, instrument=instrument, language=language)
    print_data(json.dumps(found, ensure_ascii=False, indent=2))
    if instrument is None and name != "portalrb-units":
        click.echo(_("No portfolio with a sound instrument was found: the schema knows no items and types."), err=True)
    return exitcodes.OK


def _exchanged(name: str, instrument: Instrument | None) -> dict[str, Any]:
    from generator.exchange import portalrb_schema

    return portalrb_schema.answers_schema(instrument) if name == "portalrb-answers" else portalrb_schema.units_schema()
