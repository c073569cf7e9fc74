"""Which sets share members: every pair with Jaccard ≥ j or containment |A∩B| / min(|A|, |B|) ≥ c, exactly.

Method. Let A be the smaller set of a pair. J ≥ j means |A∩B| ≥ j/(1+j)·(|A|+|B|), containment ≥ c means |A∩B| ≥ c·|A|;
the lower of the two, rounded up, is what A needs. So of any |A| − need + 1 members of A at least one is in B (prefix
filter: Bayardo, Ma, Srikant 2007, "Scaling up all pairs similarity search"), whatever B's own order: the prefix is the
rarest members of A, only prefixes are indexed, and every set probes with all its members, as the larger one. A popular
member stands in hardly any prefix, so it costs nothing. Within a posting list, ordered by size, the length filter ends
the scan; the place of the member in the prefix bounds the members missed (positional filter: Xiao, Wang, Lin, Yu 2008,
"Efficient similarity joins for near duplicate detection"); then fingerprints of a few further members, or for large
sets a 64-bit signature, bound them from what the posting itself carries (bitmap filters: Sandes, Teodoro, Melo 2020). What is left is
counted against a hash table of the larger set, and given up as soon as too many are missing (Mann, Augsten, Bouros
2016, "An empirical evaluation of set similarity join techniques": verification is cheap, candidates are what costs).
All comparisons are between whole numbers.

Cost. Memberships are partitioned by set once, so that everything after works inside a core's cache: linear. Probing
reads, for each set, the posting lists of its members; that grows with the number of sets that share a *rare* member.
Memory beside the input: about 8 bytes a membership. Pairs are held 8 million at a time; where there are more, the
index is probed again for each further 4 to 8 million, so memory stays bounded however many pairs there are.

>>> from qingzhuang.engines.overlap import overlap_join
>>> overlap_join([1, 1, 1, 2, 2, 2, 2, 3], [7, 8, 9, 9, 8, 7, 6, 6], jaccard=0.7, containment=1).rows()
[(1, 2, 3, 0.75, 1.0), (2, 3, 1, 0.25, 1.0)]

It does not approximate, does not weigh members, does not join two different tables, and knows nothing of empty sets.
"""

from qingzhuang.engines.overlap.join import overlap_chunks, overlap_join, overlap_parquet
from qingzhuang.engines.overlap.thresholds import Threshold
from qingzhuang.engines.overlap.workers import Progress

__all__ = ["Progress", "Threshold", "overlap_chunks", "overlap_join", "overlap_parquet"]
