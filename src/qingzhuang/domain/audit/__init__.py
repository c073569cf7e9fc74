"""The log's chain: each row's hash covers the row and the hash before it, so that no row can be changed, removed or put in unseen."""

from qingzhuang.domain.audit.chain import GENESIS, Fault, FaultKind, Link, Published, Row, link_hash, verify_chain

__all__ = ["GENESIS", "Fault", "FaultKind", "Link", "Published", "Row", "link_hash", "verify_chain"]
