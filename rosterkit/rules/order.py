"""Which rule speaks first: one cause gives one finding. The only place that says so.

A rule is not asked about a cell where one of the rules before it has spoken; a rule before it that judges another
field is asked about that field of the same row; where it judges several, ``RK110:kk`` says which one is meant.
"""

from __future__ import annotations

_UNREADABLE = ("RK107", "RK108", "RK201")
_NIK = (*_UNREADABLE, "RK212", "RK211", "RK210", "RK217", "RK214", "RK213")

BEFORE: dict[str, tuple[str, ...]] = {
    "RK211": ("RK212",),
    "RK210": ("RK212", "RK211"),
    "RK214": ("RK217",),  # a made-up number says nothing about regions and dates
    "RK213": ("RK217", "RK214"),
    "RK402": ("RK217",),
    "RK401": ("RK217",),  # one placeholder shared by many is not many duplicates
    "RK501": ("RK303", *(code for code in _NIK if code not in _UNREADABLE)),  # a wrong NIK cannot be in the decree
    "RK505": ("RK303",),
    "RK506": ("RK303",),
    "RK509": ("RK303",),
    "RK203": ("RK107", "RK108"),
    "RK110": ("RK303",),
    "RK215": ("RK217", "RK214", "RK303"),
    "RK216": ("RK217", "RK214", "RK303"),
    "RK218": ("RK217", "RK214", "RK213", "RK303"),
    "RK303": ("RK217",),
    "RK230": ("RK231",),
    "RK260": ("RK261", "RK203", "RK110"),
    "RK301": ("RK217", "RK214", "RK303", "RK110:kk", "RK221"),  # what a wrong number says of its owner is nothing
    "RK302": ("RK217", "RK214", "RK303", "RK110:kk"),
    "RK403": ("RK217", "RK404"),
    "RK404": ("RK217", "RK214", "RK213"),
    "RK502": ("RK401",),
}
