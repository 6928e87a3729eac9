"""What an editor needs beside a portfolio: schemas, snippets, and the settings of VS Code, git and CI.

`schemas.schema` makes the JSON Schema of a kind of file from the tables of its reader; `workspace.set_up` writes it
with snippets, tasks and settings, and `repository` adds the git hook and the CI files. Files of the user are kept.
"""
