"""New portfolios and records: questions, drafts, intake of documents, the guide for editors."""
