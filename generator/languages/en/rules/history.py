"""What the rules on the history of changes say in English."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "history-unknown": RuleWords(
        means="The settings ask to show when each record was last changed, and git cannot tell.",
        matters="The day and author of the last change are missing from the pages; no figure depends on them.",
        sentences={
            "no-git": (
                "the last changes are not shown: the program git is not here",
                "install git, or take the key out",
            ),
            "no-repository": (
                "the last changes are not shown: the portfolio lies in no git repository",
                "make one with `git init`, or take the key out",
            ),
            "no-commit": ("the last changes are not shown: nothing has been committed yet", "make a first commit"),
            "shallow": (
                "the last changes are not shown: only a part of the history is here",
                "fetch the rest: `git fetch --unshallow`",
            ),
            "owner": (
                "the last changes are not shown: the repository belongs to another account, so git does not read it",
                "if you trust it: `git config --global --add safe.directory FOLDER`",
            ),
            "slow": (
                "the last changes are not shown: git took too long",
                "write `history: none`, or give the portfolio a repository of its own",
            ),
            "failed": ("the last changes are not shown: git says: {reason}", "try `git log` in this folder"),
        },
    )
}
