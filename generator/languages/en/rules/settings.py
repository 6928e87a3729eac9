"""What the rules on the settings, the instrument and the theme say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "settings-invalid": RuleWords(
        means=(
            "Something in portfolio.yaml cannot be read, or names what is not there. The settings say which unit, "
            "instrument, period and predicate all the rest is measured by."
        ),
        matters="With wrong settings every figure would be measured by the wrong yardstick, so none is computed.",
        sentences={
            "absent": (
                "the folder has no portfolio.yaml",
                "make one with `catat init`, or name the folder of the portfolio",
            ),
            "below": (
                "the folder has no portfolio.yaml, but there is one in {folders}",
                "name that folder instead of this one",
            ),
            "misnamed": (
                "the settings are called `{name}`, not `portfolio.yaml`",
                "rename the file to `portfolio.yaml`",
            ),
            "predicate": ("the instrument has no predicate `{value}`", "write one of {known}"),
            "prerequisite": ("the instrument has no prerequisite `{name}`", "write one of {known}"),
            "prerequisite-kind": (
                "the prerequisite `{name}` is not for this kind of institution",
                "write `institution_kind: {kind}` if the unit is of that kind; else answer the other one",
            ),
            "prerequisite-grade": ("`{value}` is no grade of this prerequisite", "write one of {known}"),
            "prerequisite-level": ("`{value}` is not a number from 0 to {maximum}", "write it with a point, as `3.2`"),
            "prerequisite-completed": (
                "`{value}` is no part of a whole",
                "write how many of how many, as `17/20`, or a percentage, as `85%`",
            ),
            "root-name": (
                "`{name}` cannot name an evidence root",
                "use a word of two letters or more that is not a folder of the portfolio, such as `scan`",
            ),
            "root-taken": (
                "`{name}` cannot name an evidence root: a folder of the portfolio is called that",
                "use another word, such as `{example}`",
            ),
            "root-system": (
                "the evidence root `{name}` lies where the system shows itself as files: {path}",
                "name the folder that the documents are kept in",
            ),
            "root-missing": (
                "the evidence root `{name}` is not there: {path}",
                "check the path, and that the network share is connected",
            ),
            "site-url": (
                "`{url}` is not the address of a site",
                "write the whole address of its folder, such as `https://intranet.example/zi/`, without `?`, `#` or a password",
            ),
            "target-password": (
                "the address of `{name}` holds a password",
                "take it out and change it, for it was readable here: `catat publish` asks the key ring, the SSH agent or the variable `CATAT_PASSWORD`",
            ),
            "target-scheme": (
                "`{name}` is no kind of target that is known",
                "write a folder, or an address with `sftp://`, `smb://`, `https://` (WebDAV) or `s3://`",
            ),
            "target-parts": (
                "the address of `{name}` is not whole",
                "write for instance `sftp://user@host/var/www/zi`, `https://host/dav/zi` or `s3://bucket/zi`, without `?` and `#`",
            ),
            "theme": ("there is no theme `{name}`", "write `default`, or the path of a folder in the portfolio"),
        },
    ),
    "instrument-invalid": RuleWords(
        means=(
            "The worksheet (a file of instruments/, or the name given in portfolio.yaml) is not there or contradicts "
            "itself: weights that do not add up, a scale without values, an item twice."
        ),
        matters="Assessors compare with the official worksheet. A slip in it changes every score.",
        sentences={
            "not-found": (
                "there is no instrument `{name}`",
                "write a shipped one ({known}) or the path of a file such as `instruments/ours.yaml`",
            ),
            "schema": ("`{value}` is not a schema this program reads", "write `schema: {known}`"),
            "empty": ("the instrument has no nodes or no predicates", "give it at least one of each"),
            "scale-max": ("a linear scale needs `max` above 0", "write for example `max: 4`"),
            "scale-choices": (
                "a scale needs `choices` or a `kind`",
                "write `choices: {{A: 1, B: 0.5, C: 0}}` or `kind: ratio`",
            ),
            "choice-value": ("a choice is worth a number from 0 to 1", "write for example `B: 0.5`"),
            "type-twice": ("the document type `{name}` stands here twice", "keep one"),
            "area-twice": ("the area {number} stands here twice", "give each area a number of its own"),
            "id-twice": ("the id `{name}` is used twice", "give each its own; capitals make no difference"),
            "area-unknown": ("there is no area {number}", "known areas: {known}"),
            "children-or-items": (
                "`{name}` needs either `children` or `items`",
                "give it one of the two, with at least one entry",
            ),
            "weights": (
                "the parts of `{name}` weigh {total} together, not {weight}",
                "mend the weight of the node or of its parts",
            ),
            "weight-missing": (
                "the item `{name}` has no weight",
                "give a weight to it, or to its node and none of the node's items",
            ),
            "roles": ("the item `{name}` lacks inputs with the role {roles}", "its scale needs them in its formula"),
            "scale-unknown": ("there is no scale `{name}`", "known scales: {known}"),
            "type-unknown": ("there is no document type `{name}`", "add it to `document_types`, or mend the name"),
            "type-bar": (
                "the document type `{name}` has a `|` in its name",
                "leave it out: it joins types of one document",
            ),
            "helpful-required": ("`{name}` is required already", "take it out of `helpful`, or out of `documents`"),
            "prerequisite-scale": (
                "the prerequisite has no scale",
                "write its `grades`, the best first, or `kind: level` with `max`, `kind: completed` or `kind: since`",
            ),
            "prerequisite-predicate": (
                "the instrument has no predicate `{name}`",
                "write the id of one of its predicates",
            ),
            "prerequisite-required": (
                "`{value}`, required for `{name}`, is not on the scale of the prerequisite",
                "write one of its grades, or a number",
            ),
            "portalrb-twice": ("the number {number} of PortalRB is that of `{first}` already", "give each its own"),
            "items-alone": (
                "`items` stands here outside of any node",
                "put them into a node; or, to change those of another instrument, name it in `extends:`",
            ),
            "extends-item": (
                "the instrument that this one extends has no item or node `{name}`",
                "mend the id; a new item belongs into the `items` of its node",
            ),
            "extends-itself": (
                "an instrument extends itself by way of `{name}`",
                "name another one, or take the line out",
            ),
            "criterion-unknown": ("the scale has no choice `{name}`", "name its criteria by its choices"),
            "predicate-gates": ("the predicate `{name}` has no gate", "give it at least one"),
            "gate-areas": ("the gate `{name}` measures no area", "name areas in `areas`, or measure a `node`"),
            "gate-predicate": (
                "the gate refers to no predicate: `{name}`",
                "write `predicate:` and the id of another predicate",
            ),
            "gate-min": ("the gate `{name}` has no `min`", "write the least value that passes"),
            "gate-subject": (
                "the gate `{name}` needs `node` or `per: area`",
                "say what is measured: `node: index`, a node, an item, `per: area`, or the items of areas below a node",
            ),
            "gate-per": (
                "the gate `{name}` names areas and measures its node as a whole",
                "write `per: area` for a row for each of the areas, or take `areas` out",
            ),
            "gate-node": ("there is no node or item `{name}`", "write `index`, or the id of one"),
        },
    ),
    "theme-invalid": RuleWords(
        means="A template of your own theme cannot be used: a mistake in it, or a link that leads nowhere.",
        matters="A page would be missing, or lead the assessor astray; no site is built.",
        sentences={
            "": ("the template cannot be used: {problem}", "mend the template, or delete it to use the shipped one"),
            "special": (
                "`{name}` of the theme is no file, but a pipe, a socket or a device",
                "put a file there, or delete it",
            ),
            "empty": (
                "the page that this template makes is empty",
                "write the template, or delete it to use the shipped one",
            ),
            "link": (
                "the page {page} would link to {target}, which is not in the site",
                "mend the template that writes this link",
            ),
        },
    ),
}
