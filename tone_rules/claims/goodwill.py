"""`goodwill`: what this customer gets beyond everybody else: `dinner is on us`, `£25 against your bill`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tone_rules.claims.claim import Claim
from tone_rules.claims.clauses import Clause, Page, once, page
from tone_rules.claims.concepts import known
from tone_rules.claims.patterns import Pattern
from tone_rules.formats.words import stem

if TYPE_CHECKING:
    from tone_rules.claims.evidence import Evidence
    from tone_rules.claims.weighing import Weighed
    from tone_rules.situation import Situation

SORT = "goodwill"
ALONE = True
"""What is given away is given away, whatever there is to compare it with."""
_SUM = r"(?:[£$€]\s?\d[\d,.]{0,11}|\d[\d,.]{0,11} ?(?:pounds?|quid|euros?|dollars?|bucks)|a (?:fiver|tenner))"
_TREAT = (
    r"(?:months?|weeks?|nights?|meals?|drinks?|coffees?|cups?|rounds?|lunch(?:es)?|dinners?|desserts?|starters?|"
    r"mains?|breakfasts?|brunch|teas?|pints?|bottles?|cakes?|loaf|loaves|tickets?|seats?|visits?|orders?|rides?|"
    r"deliver(?:y|ies)|postage|sessions?|class(?:es)?|lessons?|trims?|cuts?|treatments?|facials?|massages?|gifts?|"
    r"samples?|refills?|upgrades?|passes|pass|subscriptions?|memberships?|stays?|rooms?|boxes|box|pairs?|pizzas?|"
    r"parking|games?|skins?|boosts?|taxi|cab|one|it|this|that|everything|the rest|bill)"
)
_TOKENS = r"(?:gems|coins|points|credits?|tokens|miles|stars|lives|tickets|vouchers?|gift cards?|coupons?)"
_GIVE = (
    r"(?:giv(?:e|es|en|ing)|gave|send(?:ing)?|sent|offer(?:ed|ing)?|add(?:ed|ing)?|credit(?:ed|ing)?|compensat\w+|"
    r"gift(?:ed|ing)?|pop(?:ped|ping)?|put(?:ting)?|stick|stuck|issu(?:e|ed|ing)|treat(?:ed|ing)?|upgrad(?:e|ed|"
    r"ing)|throw(?:ing)?|threw|slip(?:ped)?|tuck(?:ed)?|load(?:ed)?|applied|apply|knock(?:ed|ing)?|tak(?:e|en|ing)|"
    r"took|set aside|left|leave|post(?:ed)?)"
)
_GIFT = (
    rf"(?:free|complimentary|extra|bonus|vouchers?|gift ?cards?|discount|credits?|gift|{_SUM}|compensation|\d+ ?%|"
    rf"half price|little (?:something|extra|treat)|something (?:extra|special|nice|small)|"
    r"money off|coupon|treat|upgrade|on the house|promo code|discount code)"
)
_GIVEN_SAID = (
    rf"\b{_TREAT}\b[^.!?\n]{{0,30}}?(?:[’']s|[’']re| is| are| was|[’']ll be| will be| comes?| goes?)? (?:all |"
    rf"completely |very much )?(?:on (?:us|the house|me)\b|(?:paid for|covered) by us)"
    r"|\b(?:have|enjoy|grab|order|claim|come back for|come in for|pick) (?:a|an|your|the|any|two|another|"
    r"one)\b[^.!?\n]{0,40} on (?:us|the house|me)\b|\b(?:as (?:an? )?|by way of |a )(?:small |little |tiny |"
    r"token )?(?:goodwill|apology|sorry|gesture|thank[- ]you)(?: gesture| payment| credit| gift| voucher)\b|"
    r"\bgoodwill (?:gesture|payment|credit|voucher|gift)s?\b|\bas an? (?:small |little )?(?:gesture|apology|token|"
    r"sorry)\b|\bby way of (?:an )?(?:apology|sorry|thanks)\b|\bsmall token\b|\bmake (?:it|this|"
    r"that) up to you\b[^.!?\n]{0,40}\b(?:with|by)\b"
    rf"|{_SUM}[^.!?\n]{{0,12}} (?:against|off|on|to|towards|in|into|onto) (?:your|the next|next|"
    rf"this) (?:\w+ )?(?:bills?|accounts?|order|stay|visit|meal|fare|balance|wallet|invoice|month|card|booking|"
    rf"purchase|ticket)\b|\b(?:bill|invoice|month|order|statement|fare|stay|payment|"
    rf"renewal)s?\b[^.!?\n]{{0,25}}(?<!\w)(?:{_SUM} (?:lighter|less|lower|cheaper|smaller|off)|(?:is|will be|"
    rf"[’']ll be|comes) (?:free|half price|on us|waived|nil|zero))|\b(?:I|we)(?:[’'](?:ll|ve|d|re|m)| will| have|"
    rf" can| would| are| am| could)(?: \w+){{0,3}} {_GIVE}\b(?: (?!not\b)[\w’'£$€]+){{0,5}}? {_GIFT}|"
    rf"(?<!\w){_GIFT} (?:\w+ ){{0,3}}(?:is|are|[’']s) (?:already |now )?(?:waiting|on (?:its|their|the) way to you|"
    rf"yours|in your (?:\w+ )?(?:account|inbox|mailbox|wallet|app)|with your name)|\bthere(?:[’']s|[’']ll be| is|"
    rf" are| will be) (?:also )?(?:an? |some |two |one )?(?:\w+ ){{0,2}}?(?:{_GIFT}|"
    rf"{_TREAT})\b[^.!?\n]{{0,50}}\b(?:with your name|no bill|waiting|for you|in your (?:\w+ )?(?:account|mailbox|"
    rf"wallet|inbox)|on the house|against your|behind the (?:bar|counter))|\b\d[\d,]* (?:free |bonus |"
    rf"extra )?{_TOKENS}\b[^.!?\n]{{0,30}}\b(?:waiting|on (?:their|its) way|in your|added|for you|to your|with your|"
    rf"have been|has been|on your)|\b(?:added|adding|add|popped|put|credited|credit|given you|gave you|sent you|"
    rf"send you) (?:you )?(?:an? )?\d[\d,]* (?:free |bonus |extra )?{_TOKENS}\b"
    r"|\b(?:a|one|two|your|the|next|another|some|an? extra|three|\d+) (?:\w+ )?(?:free|complimentary|bonus) (?!to\b|"
    r"of\b|for (?:all|every|under)\b)\w+(?: \w+){0,3} (?:for (?:you|your (?:trouble|wait|next))|on your next|"
    r"next time|when you (?:come|visit|return|next)|with your next|waiting|to say sorry|to make up|on us)|\b(?:next|"
    r"this|your next|your) (?:\w+ )?(?:month|meal|order|visit|stay|ride|delivery|coffee|drink|round|bill|class|"
    r"session|box|treatment|night|pint|flight|trip|wash|service|issue)(?:[’']s| is| will be|"
    r"[’']ll be)(?: completely| all)? (?:free|on us|on me|half price|on the house|paid for|our treat|my treat)|"
    r"\b(?:you won[’']t be|we won[’']t|I won[’']t|we[’']re not going to) (?:be )?charged?(?: you)? (?:for (?:it|"
    r"this|that|the|your)|a penny)\b|\bno bill\b"
    rf"|\b(?:to say sorry|for (?:your|the|all the) (?:trouble|wait|upset|bother|hassle|wasted \w+|"
    rf"mix-?up))\b[^.!?\n]{{0,40}}(?:{_GIFT})|(?:{_GIFT})\b[^.!?\n]{{0,60}}\b(?:to say sorry|for (?:your|the|"
    rf"all the) (?:trouble|wait|upset|bother|hassle|wasted \w+|mix-?up))"
    r"|\b(?:we|I)(?:[’']ll| will|[’']d like to|[’']re happy to|[’']re going to) (?:also |gladly |happily )?(?:cover|"
    r"pay for|pay|pick up|foot) (?:the|your|a|any)(?: \w+){0,2} (?:taxi|cab|hotel|cleaning|dry[- ]cleaning|parking|"
    r"fare|bill|tab|meal|lunch|dinner|petrol|call|calls)\b|\b(?:our|my) treat\b"
    r"|\b(?:throw|throwing|threw|chuck|chucking|slip|slipping) in (?:an?|some|another|your|two|\d+) |"
    r"\baccept (?:a|an|this|our|the) (?:\w+ ){0,2}(?:present|gift|treat|voucher|token|bonus|reward|surprise)\b|"
    r"\b(?:present|gift|treat|surprise|goody bag) (?:\w+ ){0,3}(?:in the post|on (?:its|the) way|coming your way)"
)
CUE = f"(?i){_GIVEN_SAID}"
_GIVEN = Pattern(_GIVEN_SAID)
_IDLE = Pattern(
    r"\b(?:decision|blame|fault|pressure|burden|onus|eyes|ball|mistake|failure|responsibility|error|"
    r"miss)\b[^.!?\n]{0,12}\bon (?:us|me)\b|\bit[’']s on (?:us|me) (?:to|that)\b|\bthat(?:[’']s| is|"
    r" one[’']s) on (?:us|me)\b(?! next)"
)
_DENIED = Pattern(
    r"\b(?:can[’']t|cannot|won[’']t|don[’']t|not|never|no|nothing|unable)\b(?! (?:bill|charge|penny))[^.!?\n]{0,40}$"
)
_GRANTED_TO_SOME = Pattern(
    r"\b(?:agents?|staff|managers?|owner|team leads?|goodwill|gesture|discretion\w*|privately|in private|"
    r"private(?:ly)? (?:messages?|conversation)|may (?:give|offer|credit|grant|invite|add|send|waive|hold))\b"
)
_THINGS = frozenset(("@meal", "@stay", "@ride"))
_SUM_SAID = Pattern(rf"(?:^|\W){_SUM}")
_SAME_ACT = frozenset(("@price", "@wait", "@answer", "next", "day", "time"))
"""Too common to tell one gift from another."""
_GIVING = frozenset(("@free", "@compensate", "@discount", "@cover_cost", "@deliver", stem("free"), stem("house"), "us"))
"""That something is free says nothing of what is."""
_ACTS = frozenset(("compensate", "credit", "discount", "free", "cover_cost", "refund", "waive", "upgrade"))


@once
def claims(page: Page) -> Iterator[Claim]:
    """Whatever is given to this customer."""
    for found in _GIVEN.finditer(page.text):
        clause = page.clause(found.start())
        start = max(clause.sentence[0], found.start() - 60)
        if _DENIED.search(page.text[start : found.start()]) or _IDLE.search(page.text[start : found.end() + 10]):
            continue
        yield Claim(SORT, *found.span(), frozenset(_acts(clause)), clause)


@once
def stated(page: Page) -> Iterator[Claim]:
    """What a source grants to everybody, not at somebody's discretion."""
    for clause in page.clauses:
        start, end = clause.sentence
        acts = _acts(clause)
        if (acts or clause.about & _THINGS or _SUM_SAID.search(clause.text)) and not _GRANTED_TO_SOME.search(
            page.text[start:end]
        ):
            yield Claim(SORT, clause.start, clause.end, frozenset(acts), clause)


def weigh(claim: Claim, evidence: "Evidence", situation: "Situation") -> "Weighed":
    """Look for a source that grants the like to everybody."""
    from tone_rules.claims.weighing import Weighed

    read = claim.clause.page
    figures = frozenset(one for one in read.figures(claim.clause.start, claim.clause.end) if len(one) > 1)
    if figures and figures <= page(situation.message or "").figures(0, len(situation.message or "")):
        return Weighed("supported")
    about = frozenset().union(*(one.about for one in read.clauses if one.sentence == claim.clause.sentence))
    about |= {stem(word) for word in claim.text.lower().split()}
    about -= _GIVING
    for one in evidence.stated(SORT):
        theirs = one.claim.clause.page.figures(*one.claim.clause.sentence)
        if (figures and figures <= theirs) or (about & one.about - _SAME_ACT and not figures):
            return Weighed("supported", one.source, one.claim.text)
    return Weighed("absent")


def _acts(clause: Clause) -> set[str]:
    return {one.concept for one in clause.mentions if one.concept in _ACTS and one.concept in known().acts}
