"""The demo county: fictional groups, apps and people with the truth about them planted, to try a plan on and to hold one against.

>>> from datetime import date
>>> county = make_county(on=date(2026, 3, 25))
>>> county.truth.mayor
Mayor(person_id='P00214', before=52, after=10)
>>> len(county.truth.should_go), len(county.truth.apps_should_go)
(400, 14)
"""

from qingzhuang.demo.county import County, make_county
from qingzhuang.demo.demands import MadeDemand, make_demands
from qingzhuang.demo.truth import Contained, Duplicate, Mayor, Truth
from qingzhuang.demo.write import write_county

__all__ = [
    "Contained",
    "County",
    "Duplicate",
    "MadeDemand",
    "Mayor",
    "Truth",
    "make_county",
    "make_demands",
    "write_county",
]
