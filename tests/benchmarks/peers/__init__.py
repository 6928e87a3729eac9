"""The other generators: how each is installed, given the same content, and told to build."""

from tests.benchmarks.peers import eleventy, hugo, mkdocs, pelican, zensical
from tests.benchmarks.peers.peer import Peer

PEERS: dict[str, Peer] = {each.PEER.name: each.PEER for each in (hugo, eleventy, mkdocs, pelican, zensical)}
