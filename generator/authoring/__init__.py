"""New portfolios and records, and the guide for those who write them.

`new_portfolio` and `new_record` turn options into files that are written whole or not at all; `prompts` asks for what
is missing, `intake` takes documents in under safe names, `item_search` finds items by words. `guide` writes the guide
for editors as a small site.
"""
