"""Puts a site where people read it, whole or not at all, and proves that it is unchanged.

`targets/` are the places (a folder, SFTP, SMB, WebDAV, S3) behind one interface; `publish` transfers a site to one of
them and commits it; `audit` reads the site before it is sent; `verify` compares a copy with its checksums; `bundle` and
`server_configuration` are the other ways in which a site leaves the house.
"""
