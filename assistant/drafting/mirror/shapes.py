"""Shapes of clauses over the letters of `letters.py`."""

import regex

_ADJECTIVES = r"(?:R(?=[JC]))?(?:[JC]|[LG](?=[JN]))"
_OWNED = r"(?:S[JC]?N{1,3}+(?![CN])|(?!S))"
NOUNS = rf"(?:D?[Dmyh]|D[mD])?{_ADJECTIVES}{{0,4}}(?:AJ(?=N))?N{{1,5}}+(?:C(?![JNC])|(?![CN])){_OWNED}"
"""A noun with what stands before it and a number behind it: "my new PS 4", "the driver's van"."""
_ONE = rf"(?:(?<![DmyhJCNSZ]){NOUNS}(?!N))"
_FINITE = "[Rn]?R?[XV]"
_NO_VERB = rf"(?!{_FINITE})"
_INNER = rf"(?:{_ONE}{_NO_VERB}|[PwqT]R?(?:{_ONE}|M|H|C){_NO_VERB}|TnB|TR?B|PG|[KRGL](?![XVN])|R?J(?!N)|[MH]{_NO_VERB})"
_WHEN = rf"R?w(?:(?:I|{_ONE}|H){_FINITE}[Rn]{{0,2}}[BGL]?|G){_INNER}{{0,5}}"
_SAYING = rf"(?:(?<=V)|(?<=B)|(?<=G))t?(?:I|{_ONE}|H){_FINITE}[Rn]{{0,2}}[BGL]{{0,2}}{_INNER}{{0,4}}"
UNIT = (
    rf"(?:{_ONE}{_NO_VERB}|DJ(?!N)|[PqwT]R?(?:{_ONE}|M|H|C){_NO_VERB}|PG|TnB|TR?B|P?\"[^\".,qZ]{{1,6}}\"|A(?={_ONE}){_ONE}(?=[.,qw]|$)|[PK]P(?:{_ONE}|M|H){_NO_VERB}|A(?:R?J|B|G)(?!N)"
    rf"|Pw?(?=G)G|K|n|R(?![XV])|R?J(?!N)|[GL]|[MH]{_NO_VERB}|B|C(?!N)|{_WHEN})"
)
"""One complement: an object, a place, a particle, "to pay", "when I open it"."""
_SUBJECT = rf"(?:I|H|CP{_ONE}|{_ONE}(?:[PA]{_ONE})?)"
_VERB = r"[Rn]{0,2}[XV](?:[nR]{0,2}[XBLG]){0,3}[nR]{0,2}"

CLAUSE = regex.compile(rf"(?<![PDmyhJCSTZXw])(?P<s>{_SUBJECT})(?P<v>{_VERB})(?P<u>{UNIT}){{0,10}}(?P<says>{_SAYING})?")
"""A subject, its finite verb, its complements."""
BARE = regex.compile(
    rf"(?<![^.,A\"qU])(?P<v>R{{0,2}}[XVLG](?:[nR]{{0,2}}[BLG]){{0,3}}[nR]{{0,2}})(?P<u>{UNIT}){{1,10}}"
)
"""A clause whose subject was left out: "can't log in", "been waiting for a week", "got charged twice"."""
STATE = regex.compile(rf"(?<![^.,AqUR])(?P<s>{_ONE})(?P<v>n?)(?P<p>G|L|(?<=n)J|K)(?![N])(?P<u>{UNIT}){{0,6}}")
"""A clause without its "is": "app not loading", "account locked"."""
LACK = regex.compile(rf"(?<![^.,AqU])(?P<r>R{{0,2}})(?P<s>D{_ADJECTIVES}{{0,2}}N{{1,4}})(?P<u>{UNIT}){{0,4}}")
"""What is missing: "still no refund", "no reply to my emails"."""

HOW = regex.compile(rf"(?P<w>W)(?P<x>X)R?(?P<s>I|Y|N|D|C)(?P<b>R?B)(?P<u>{UNIT}){{0,10}}")
"""How I do something."""
HOW_TO = regex.compile(rf"(?P<w>W)(?P<b>TR?B)(?P<u>{UNIT}){{0,10}}")
WHY = regex.compile(
    rf"(?P<w>[Ww])(?P<x>X)(?P<n>n?)(?P<s>Y|{_SUBJECT})(?P<v>[nR]{{0,2}}[BGLXV]{{0,3}})(?P<u>{UNIT}){{0,8}}"
)
WHETHER = regex.compile(
    rf"(?<![^.,AqU])(?P<x>X)(?P<n>n?)(?P<s>I|Y|{_SUBJECT})(?P<v>[nR]{{0,2}}[BGL]{{0,3}})(?P<u>{UNIT}){{0,8}}"
)
WISH = regex.compile(
    rf"(?:(?P<s>I)(?P<v>(?:R{{0,2}}[XV]){{1,2}}[RG]{{0,2}}B?)|(?<![^.,A])G)(?P<b>TR?B)(?P<u>{UNIT}){{0,10}}"
)
HELP = regex.compile(rf"(?P<h>[BVN])M?R?(?P<b>T?B|(?=P))(?P<u>{UNIT}){{1,9}}")
DO = regex.compile(rf"(?<![^.,AqU])(?P<b>[BV])(?P<u>(?:{_ONE}|M{_ONE}|K|P{_ONE}){_NO_VERB}){{1,4}}")
DO_FOR = regex.compile(rf"(?P<x>X)(?P<s>Y|H)(?P<b>R?B)(?P<u>{UNIT}){{1,8}}")
ABOUT = regex.compile(
    rf"(?P<h>N)(?P<u>[PT](?:{_ONE}){_NO_VERB}(?:P{_ONE}{_NO_VERB})?|PG(?:{UNIT}){{0,4}}|G(?:{UNIT}){{1,5}})"
)
"""Trouble with something: "issues with the new remote"."""
PASSIVE = regex.compile(
    rf"(?<![PTX])(?P<s>Y[DN]?|H|{_ONE})(?P<v>R?[XV]R?[VLG]?)(?P<o>M|m{_ADJECTIVES}{{0,3}}N{{1,3}}+)(?P<u>{UNIT}){{0,4}}"
)
"""What we did to them: "you charged me twice", "the driver left my parcel in the rain"."""
A_WAY = regex.compile(rf"(?P<x>X)H(?:D?R?J?(?P<w>N)|(?P<a>R))(?:PM)?(?:(?P<b>TB)|IX(?P<c>B))(?P<u>{UNIT}){{0,8}}")
ASKED = regex.compile(rf"(?P<k>[VBGX])w(?P<s>{_SUBJECT})(?P<v>{_VERB})(?P<u>{UNIT}){{0,8}}")
"""An indirect question: "I was wondering if I can transfer my progress"."""
INDIRECT = regex.compile(rf"(?P<k>[VBGN])M?P?(?P<w>[wW])(?P<s>Y|{_SUBJECT})(?P<v>{_VERB})(?P<u>{UNIT}){{0,8}}")
"""An indirect question: "can you tell me when my order will arrive", "any word on when you open"."""
STOP = regex.compile(rf"(?<![^.,AqU])(?P<k>[BV])(?P<v>G)(?P<u>{UNIT}){{1,8}}")
"""A plea to stop: "stop crashing when I add text"."""
HOW_MANY = regex.compile(
    rf"(?P<w>W)(?P<q>[JR]?)(?P<s>J{{0,3}}N{{0,2}}+)(?P<x>X)(?P<o>[IY]|{_ONE})(?P<v>R?B)(?P<u>{UNIT}){{0,8}}"
)
"""How many, how much, how long, what size I can do something."""
WHY_SO = regex.compile(rf"(?:WXHt|WV)(?P<s>{_SUBJECT})(?P<v>{_VERB})(?P<u>{UNIT}){{0,8}}")
"""Why is it that something is, how come it is."""
BUT_NOT = regex.compile(rf"qnP?{_ONE}")
"""Where it is not, without which the question says the opposite."""
IS_IT = regex.compile(rf"(?<![^.,Aq])XH(?P<j>R?J)(?=T)(?P<b>)(?P<u>{UNIT}){{1,8}}")
ARE_YOU = regex.compile(rf"(?<![^.,Aq])XY(?P<j>J)(?P<u>{UNIT}){{1,5}}")
LET = regex.compile(rf"(?<![^.,AqU])[BV]M(?P<b>R?B)(?P<u>{UNIT}){{1,8}}")
CHANCE = regex.compile(rf"(?<![^.,Aq])D?NY(?:X)R?(?P<b>B)(?P<u>{UNIT}){{1,8}}")
CHARGED = regex.compile(rf"[YH](?P<v>R?(?:XR{{0,2}})?[VGL])M?(?P<c>C{{2,3}}|J?CC?)(?P<u>DN(?!N)|{UNIT}){{0,4}}")
NEVER_DONE = regex.compile(rf"[YH]n(?P<v>V)(?P<o>m{_ADJECTIVES}{{0,3}}N{{1,3}}+)(?P<u>{UNIT}){{0,3}}")
UNTOLD = regex.compile(rf"(?:H|N)VMt?(?P<s>{_SUBJECT})(?P<v>{_VERB})(?P<u>{UNIT}){{0,6}}")
"""Nobody told me that something is."""
THING = regex.compile(rf"(?P<s>{_ONE})")
