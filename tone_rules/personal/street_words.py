"""Words that make a line an address: kinds of streets, of units within a house, of boxes; and words that never do."""


def frozen(words: str) -> frozenset[str]:
    """The words of a text, as they stand between spaces."""
    return frozenset(words.split())


STRONG = frozen(
    """
    street st road rd avenue ave lane ln drive boulevard blvd crescent close terrace way court square highway
    hwy parkway pkwy turnpike mews gardens grove walk row place alley str straße strasse gasse weg platz allee
    ufer utca út útja tér tere u straat laan plein gracht gatan gata vägen gränd gate vei veien veg vegen vej
    gade terrasse katu tie kuja polku cesta ulica ul rue chemin impasse quai via viale vicolo piazza piazzetta
    piazzale corso largo calle avda avenida av paseo plaza camino carretera ronda rua praça praca travessa
    estrada alameda aleja osiedle plac náměstí nám λεωφόρος οδός οδος ул улица проспект strada calea aleea
    drumul bulevardul soseaua șoseaua pot gatve prospekt tee maantee pst mnt passeig carrer rambla
    """
)
"""Kinds of streets that are seldom anything else, in the languages of Europe and the Americas."""

WEAK = frozen(
    """
    bend branch bridge brook bypass camp canyon cape causeway center centre circle cliff cliffs club common
    corner corners course cove creek crest crossing crossroad curve dale dam divide dr estate estates expressway
    extension fall falls ferry field fields flat flats ford fords forest forge forges fork forks fort freeway
    garden gateway glen glens green greens groves harbor harbors harbour haven heights hill hills hollow inlet
    island islands isle junction key keys knoll knolls lake lakes land landing light lights loaf lock locks
    lodge loop mall manor manors meadow meadows mill mills mission motorway mount mountain mountains neck
    orchard oval overpass park parks pass passage path pike pine pines plain plains point points port ports
    prairie radial ramp ranch rapid rapids rest ridge ridges river roads run shoal shoals shore shores skyway
    spring springs spur spurs squares station stream streets summit throughway trace track trail trailer tunnel
    union unions valley valleys viaduct view views village ville vista ways well wells yard wharf hamlet
    """
)
"""The rest of the US Postal Service's suffixes (Publication 28, appendix C1) and British ones; words of every day."""

ENDINGS = tuple(
    frozen(
        """
    str straße strasse gasse weg platz allee ufer straat laan plein gracht kade dijk singel steeg gatan gata
    vägen gränd torget backen stigen gate gården veien vegen veg vei vej gade stræde vænget allé katu tie kuja
    polku braut stræti vegur gerði tun tún utca maantee
    """
    )
)
"""How the names of streets end where the kind is part of the word."""

UNITS = frozen(
    """
    apt apartment suite ste unit flat floor room studio level appartement lägenhet wohnung piso
    """
)
BOXES = frozen(
    """
    box postbox postboks postfach boks postbus psc cmr
    """
)
SHIPS = frozen(
    """
    usns uss usnv uscgc
    """
)
FIELD_POST = frozen(
    """
    apo fpo dpo
    """
)

LOWER = (STRONG | UNITS | BOXES | {"nan"}) - frozen(
    """
    via place court close way drive walk row square gate terrace tie tee av largo al u path box floor room level
    unit flat suite highway pot ring
    """
)
"""Those that are an address's also where they are written small among capitals; `nan` is an export's empty field."""

NEVER = frozen(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun gb tb mb
    kb mp ml kg cm mm km min mins minutes hours hour hrs days day weeks week months month years year pm gmt utc bst
    percent pounds dollars euros customers people items version order ticket case ref reference booking flight season
    episode model windows android ios
    """
)
"""Dates, measures and counted things: part of no address wherever they stand."""

COUNTED = frozen(
    "area terminal gate hall zone platform aisle shelf row bay stand building block floor level room studio box chapter"
)
"""Numbered things that one can be at without living there."""

ABBREVIATIONS = frozen(
    """
    st str rd ave av blvd ln dr hwy apt ste u ul nám tř al os mt p.o po box no nr c avda pl via sq ct
    """
)
"""Behind these a full stop ends no sentence."""

CONNECTING = frozen(
    """
    de da do das dos del della dei degli di du des la le les los las el e y og den der van von of the zum zur am im à
    sur sous en pod nad na ve
    """
)
"""Small words inside names."""

STOPS = (
    frozen(
        """
    a an and are as at be been but by can could did do does for from had has have he her here his how i if in is
    it its just last me my need next no not now off on one or order our out please say see she so still sure
    thank thanks that their them then there they this to today together tomorrow tonight until up us was we were
    what when where which while who why will with would yes yesterday you your address name located like mobile
    phone desk fax office tel email e-mail hi hello dear sorry january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday
    wednesday thursday friday saturday sunday mon tue wed thu fri sat sun gb tb mb kb mp ml kg cm mm km min mins
    minutes hours hour hrs days day weeks week months month years year pm am gmt utc bst est % percent pounds
    dollars euros customers people items stars points miles version ticket case ref reference booking flight
    seat chapter page section article step season episode model windows android ios call ring text visit because
    also after before during great serves it's i'm we're you're i'll we'll that's let's
    """
    )
    - STRONG
    - WEAK
)
"""Words, months, measures and counted things that are part of no address."""
