"""The part ``styles.xml`` of a package: where it is found, and how it is put back."""

from __future__ import annotations

from rosterkit.write.patch.package import Package
from rosterkit.write.patch.styles import Styles, make_default_styles

_STYLES = "xl/styles.xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def find_styles(package: Package) -> tuple[Styles, str]:
    """Return the styles of a workbook and the name of their part, which is added where there is none."""
    found = package.get_relations(package.workbook).find_parts("styles")
    if found:
        return Styles(package.read(found[0])), found[0]
    name = package.find_free_name("xl/styles{}.xml") if _STYLES in package else _STYLES  # one that nobody refers to
    package.add_content_type(name, _STYLES_TYPE)
    package.get_relations(package.workbook).add("styles", name)
    return Styles(make_default_styles(package.strict)), name


def add_styles(package: Package, styles: Styles, part: str) -> None:
    """Put the finished styles among the changed or the added parts."""
    if part in package.infos:
        package.changed[part] = styles.finish()
    else:
        package.added[part] = styles.finish().to_bytes()
