"""The site on disk: staging, manifest, copies, and whose site a folder holds."""
