"""What an editor needs beside a portfolio: JSON Schemas, snippets, settings of VS Code, git and CI."""
