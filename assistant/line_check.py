"""A line to check, with what it says of the brand beside what the brand says of itself."""

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant import checking
from assistant.brand import Brand, Policy
from assistant.lines import CheckLine, CheckResult

if TYPE_CHECKING:
    from tone_rules.judging import Judge


class LineCheck:
    """Checks lines as replies of one brand. It may be shared by threads."""

    def __init__(self, brand: Brand, judge: "Judge | None" = None) -> None:
        """Check for `brand`; `judge` answers rules in plain words, which do not run without one."""
        self.brand = brand
        self._judge = judge
        self._of = lru_cache(maxsize=64)(self._with)

    def __call__(self, line: CheckLine) -> CheckResult:
        """The line's verdict, and what led to it."""
        report = checking.check(line.reply, line, self.brand_of(line), line.message, self._judge)
        return CheckResult(id=line.id, **{name: getattr(report, name) for name in type(report).model_fields})

    def brand_of(self, line: CheckLine) -> Brand:
        """The brand that holds for one line."""
        return self._of(line.policies, line.allowed_domains, line.industry, line.compliance)

    def _with(
        self, policies: tuple[Policy, ...], domains: tuple[str, ...], industry: str | None, compliance: tuple[str, ...]
    ) -> Brand:
        brand = self.brand
        if not (policies or domains or industry or compliance):
            return brand
        return brand.model_copy(
            update={
                "policies": (*brand.policies, *policies),
                "allowed_domains": (*brand.allowed_domains, *domains),
                "industry": industry or brand.industry,
                "compliance": (*brand.compliance, *(one for one in compliance if one not in brand.compliance)),
            }
        )
