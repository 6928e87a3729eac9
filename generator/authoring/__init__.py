"""New portfolios and records, and the guide for those who write them.

`new_portfolio` and `new_record` turn options into files that are written whole or not at all (`record_files`);
`portfolio_prompts` and `record_prompts` ask for what is missing, `intake` takes documents in under safe names, `lookup`
and `item_search` find what somebody named. `guide_site` writes the guide for editors as a small site.
"""
