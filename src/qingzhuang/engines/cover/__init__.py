"""Which fewest, cheapest things still cover everything: set covering and uncapacitated facility location, with proof.

**Question.** `facility_location`: which facilities to open, and which of them serves each client, so that opening and
serving together cost the least; a client may be served only where a pair is given. `set_cover`: which candidates to
take so that each element is in at least one of them.

**Answer.** The choice, its cost, and a bound: no choice costs less. `gap` = (cost - bound) / cost is therefore how far
from the optimum the answer can be at most. `components` says the same of each connected component, and how it was
solved (see `HOW`).

**Method.** Costs become integers, so that every bound is exact: multiples of their common decimal unit where there is
one, otherwise rounded down at about 2^-57 of a component's optimum. Then, in compiled loops over flat arrays:

1. sure openings, closings and useless assignments are decided until nothing more is sure (Efroymson and Ray 1966;
   Khumawala 1972; Cornuéjols, Nemhauser and Wolsey 1990), and what is left is cut into connected pieces;
2. each piece gets a dual by ascent and adjustment, a choice by complementary slackness and local search, and, where
   the two differ, branch and bound on that dual (Erlenkotter, Operations Research 26, 1978), up to a limit of work;
3. for a piece still unproven: the dual of the linear relaxation (HiGHS), rounded and evaluated exactly; facilities that
   it rules out are closed and the piece is cut again; at last HiGHS as integer solver, of whose bound 10^-6 is given
   away. For set covering: subgradient and greedy by Lagrangian costs (Beasley 1990), diving and refining (Caprara,
   Fischetti and Toth, Operations Research 47, 1999), fixing by reduced costs, HiGHS on the rest.

**Cost.** Steps 1 and 2 are linear in the pairs but for branching; a hundred thousand clients with six pairs each take
under a second once the loops are compiled (kept on disk; the first use of a fresh installation compiles for about half
a minute). Step 3 lasts at most `time_limit`, more or less one call of a compiled loop.

**Repeatable.** All limits are of work, some of them in proportion to `time_limit`; only where the clock itself runs
out may two runs differ.

>>> answer = facility_location([6, 4, 4], [0, 0, 1, 1, 2], [0, 1, 1, 2, 2], [0, 1, 0, 1, 0], clients=3)
>>> answer.choice.tolist(), answer.assignment.tolist(), answer.cost, answer.bound
([False, True, True], [1, 1, 2], 9.0, 9.0)
>>> cover = set_cover([3, 2, 2], [0, 1, 0, 1], [0, 0, 1, 2], elements=2)
>>> cover.choice.tolist(), cover.cost, cover.gap
([True, False, False], 3.0, 0.0)

**Not done.** Capacities, several services for one client, negative costs; a bound for a heuristic choice of yours.
"""

from .cover import set_cover
from .facility import facility_location
from .results import HOW, FacilityLocationResult, SetCoverResult

__all__ = ["HOW", "FacilityLocationResult", "SetCoverResult", "facility_location", "set_cover"]
