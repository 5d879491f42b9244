"""What speaks for a party having done it, having been hit, or only telling: the words beside its name."""

from pipeline.annotate import Notes
from pipeline.attack_type import is_only_hit
from pipeline.casualties import is_followed_by_object
from pipeline.lexicon import Match
from pipeline.stand_in import GENERIC, actor_kind

ATTACK_KINDS = frozenset({"attack", "projectile", "carry"})
ARMED_GROUPS = frozenset({"rebel_group", "militia", "proxy_group", "jihadist"})
FORCES = frozenset({"state_forces", "coalition", "police", "security_service"})
_OWN_REACH = 4  # tokens between "it" and its deed
_HARM_REACH = 5  # tokens between a name and the passive verb that tells of its harm


def name_strength(notes: Notes, match: Match) -> str:
    """Strength of a party's name as listed: strong, weak, adjective, metonym."""
    words = [token.text for token in notes.text.tokens[match.first : match.last] if token.kind != "punct"]
    morphology = notes.language.lexicon.morphology
    for variant in morphology.variants(words[0]):
        if variant.suffixed and not notes.language.capitals:
            continue
        for first in (variant.stem, morphology.article + variant.stem):
            known = notes.language.actor_strength.get((match.value, " ".join([first, *words[1:]])))
            if known is not None:
                return known
    return "strong"


def only_describes(notes: Notes, name: Match) -> bool:
    """Say whether a party's name only describes something else: "Houthi-run TV", "government-held town"."""
    tokens = notes.text.tokens
    return (
        name.last + 1 < len(tokens)
        and tokens[name.last].raw in "-–"
        and notes.at("cue:held_by", name.last + 1) is not None
    )


def members_of(notes: Notes, name: Match, first: int) -> Match | None:
    """The general words that a party's name explains: «مسلحين ينتمون لتنظيم X» did what X did."""
    belonging = notes.ending("cue:belonging", name.first)
    if belonging is None or belonging.first <= first:
        return None
    members = notes.ending("actor", belonging.first)
    return members if members is not None and members.value.startswith(GENERIC) else None


def announces_own(notes: Notes, name: Match, last: int) -> bool:
    """«أعلن الجيش استهداف ...», "the army announced strikes": who announces an attack of its own did it."""
    before = notes.ending("cue:announce", name.first) or notes.ending("cue:announce", name.first - 1)
    if notes.language.order == "svo":
        before = next(notes.within("cue:announce", name.last, name.last + 2), None)
    if before is None:
        return False
    start = max(name.last, before.last)
    that = notes.at("cue:that", start)
    start = that.last if that is not None else start
    for match in notes.within("trigger", start, min(last, start + 2)):
        return notes.trigger(match).kind in ("carry", "attack")
    return False


def says_it_did(notes: Notes, name: Match, first: int, last: int) -> bool:
    """«أعلن الحزب، في بيان، أنه أطلق», "the group said it had fired"."""
    if not speaks(notes, name, first, last) and notes.ending("cue:announce", name.first) is None:
        return False
    own = next(notes.within("cue:own", name.last, last), None)
    if own is None or notes.has("trigger", name.last, own.first):
        return False
    reach = _OWN_REACH if notes.language.order == "svo" else 2  # "it retaliated by firing"
    verb = next(notes.within("trigger", own.last, min(last, own.last + reach)), None)
    if verb is None or notes.has("actor", own.last, verb.first) or is_passive(notes, verb):
        return False
    told = notes.trigger(verb)
    kinds = ATTACK_KINDS | {"kill"} if notes.language.order == "svo" else ATTACK_KINDS
    return told.kind in kinds and told.form == "verb" and told.event_type != "interception"


def is_hurt(notes: Notes, name: Match, last: int) -> bool:
    """Say whether those named were harmed: "two government soldiers were killed"."""
    if notes.language.order != "svo":
        return False
    harm = next(notes.within("trigger", name.last, min(last, name.last + _HARM_REACH)), None)
    if harm is None or notes.trigger(harm).kind not in ("kill", "wound"):
        return False
    return (
        notes.at("cue:passive", harm.first) is not None or is_passive(notes, harm) or _has_no_object(notes, harm, last)
    )


def _has_no_object(notes: Notes, verb: Match, last: int) -> bool:
    """Say whether nobody stands behind a verb of harm: "25 fighters killed when a bomb exploded"."""
    tokens = notes.text.tokens
    if notes.numbers_in(verb.last, min(verb.last + 4, last)) or is_followed_by_object(notes, verb, last):
        return False
    if verb.last >= len(tokens) or tokens[verb.last].kind == "punct":
        return True
    return any(notes.at(c, verb.last) for c in ("cue:preposition", "cue:by", "cue:locative", "cue:connector"))


def kills(notes: Notes, name: Match, last: int) -> bool:
    """«قتلت القوات ثلاثة شبان», "soldiers killed three men": the party stands where the doer of the verb does."""
    if actor_kind(name.value) not in FORCES | ARMED_GROUPS or name_strength(notes, name) in ("metonym", "adjective"):
        return False
    if notes.language.order == "svo":
        verb = next(notes.within("trigger", name.last, min(last, name.last + 2)), None)
        if verb is None or verb.first > name.last + 1 or is_passive(notes, verb):
            return False
        after = verb.last
    else:
        verb = notes.ending("trigger", name.first)
        if verb is None or name.prefix:
            return False
        after = name.last
    told = notes.trigger(verb)
    if told.kind != "kill" or told.form != "verb":
        return False
    return any(notes.at("cue:person", i) or notes.numbers_in(i, i + 1) for i in range(after, min(after + 2, last)))


def speaks(notes: Notes, name: Match, first: int, last: int) -> bool:
    """Say whether a party is the one who tells: a verb of speech directly beside it."""
    for match in notes.within("cue:speech", max(first, name.first - 5), name.first):
        if notes.language.order == "svo" and not _ends_saying(notes, name, last):
            continue  # "the army said Hezbollah fired": what is said, not who says it
        between = range(match.last, name.first)
        if not any(notes.at(category, index) for index in between for category in ("trigger", "cue:preposition")):
            return True
    return notes.language.order == "svo" and any(
        match.first <= name.last + 1
        for category in ("cue:speech", "cue:reaction")
        for match in notes.within(category, name.last, min(last, name.last + 2))
    )


def _ends_saying(notes: Notes, name: Match, last: int) -> bool:
    """Say whether nothing is told behind a name that a word of speech leads: "..., said the Houthis."."""
    return not notes.has("trigger", name.last, last)


def is_by(notes: Notes, name: Match) -> bool:
    """Say whether a word such as "by" stands before a name, one that only says who uses a place aside."""
    for gap in (0, 1, 2):
        match = notes.ending("cue:by", name.first - gap)
        if match is not None:
            return notes.ending("cue:held_by", match.first) is None  # "a depot used by ..."
    return False


def is_where(notes: Notes, name: Match) -> bool:
    """Say whether a state is named as a place: "in Syria", "launched from Iraq", «في صنعاء»."""
    if name_strength(notes, name) != "metonym":
        return False
    if notes.language.order == "svo":
        return any(notes.ending(category, name.first) for category in ("cue:preposition", "cue:from", "cue:genitive"))
    joined = bool(name.prefix) and name.prefix[-1] in notes.language.locative_prefixes
    return joined or notes.ending("cue:locative", name.first) is not None


def is_against(notes: Notes, name: Match) -> bool:
    """Say whether a word such as "against" stands before a name."""
    for gap in (0, 1):
        match = notes.ending("cue:against", name.first - gap)
        if match is not None and not _is_verb(notes, match):
            return True
    return False


def _is_verb(notes: Notes, match: Match) -> bool:
    """Say whether a word that also tells an attack is its verb: then the order of words says who is who."""
    trigger = notes.at("trigger", match.first)
    return trigger is not None and notes.trigger(trigger).form == "verb"


def is_victim(notes: Notes, name: Match, first: int) -> bool:
    """«قتل 7 جنود أتراك»: between the casualty word and the name stand a number or people."""
    if notes.language.order == "svo":
        return _is_object_of_harm(notes, name, first)
    for word in notes.within("trigger", max(first, name.first - 5), name.first):
        if notes.trigger(word).kind in ("kill", "wound"):
            between = range(word.last, name.first)
            told = (notes.at("trigger", index) for index in between)
            if any(head is not None and notes.trigger(head).kind in ATTACK_KINDS for head in told):
                continue  # «قتل ثلاثة جنود في هجوم لتنظيم X»
            if any(notes.at("cue:person", i) or notes.numbers_in(i, i + 1) for i in between):
                return True
    return False


def _is_object_of_harm(notes: Notes, name: Match, first: int) -> bool:
    """Say whether those named were killed or wounded by the verb before them: "killed a senior al-Qaeda leader"."""
    for word in notes.within("trigger", max(first, name.first - 5), name.first):
        if notes.trigger(word).kind not in ("kill", "wound") or notes.trigger(word).form != "verb":
            continue
        between = range(word.last, name.first)
        told = ("trigger", "weapon", "cue:preposition", "cue:by")
        if not is_passive(notes, word) and not any(notes.at(c, i) for c in told for i in between):
            return True
    return False


def qualifies_attack(notes: Notes, name: Match, heads: list[Match]) -> bool:
    """«غارة إسرائيلية», «قصف لقوات النظام», "Israeli strike", "Houthi missile"."""
    if notes.language.adjectives == "before":
        for head in heads:
            if 0 <= head.first - name.last <= 2:
                return True
        weapons = (w for w in notes.within("weapon", name.last, name.last + 3) if w.first - name.last <= 2)
        begin = notes.text.sentences[notes.text.sentence_of(name.first)][0]
        return any(not is_only_hit(notes, weapon, heads, begin) for weapon in weapons)  # "sank a Saudi warship"
    reach = 1 if name_strength(notes, name) == "adjective" else 3
    if _is_believed_of(notes, name):
        return True
    heads = [head for head in heads if notes.at("cue:preposition", head.last - 1) is None]
    for head in heads:
        beside = notes.trigger(head).form == "noun" and 0 <= name.first - head.last <= reach
        if beside and not any(notes.at("cue:preposition", i) for i in range(head.last, name.first)):
            return True
    for weapon in notes.within("weapon", max(0, name.first - 4), name.first):
        between = range(weapon.last, name.first)
        if len(between) <= 1 and not any(notes.at("cue:preposition", i) or notes.at("trigger", i) for i in between):
            return True
    return False


def _is_believed_of(notes: Notes, name: Match) -> bool:
    """«طائرات يعتقد أنها إسرائيلية»: whose weapon it is believed to be."""
    belief = notes.ending("cue:believed", name.first)
    if belief is None:
        return False
    before = (notes.ending(category, belief.first) for category in ("weapon", "cue:aircraft"))
    return any(match is not None for match in before)


def is_led_by_preposition(notes: Notes, name: Match) -> bool:
    """Say whether a preposition leads a name, so that it is no subject."""
    out_of = notes.ending("cue:from", name.first)
    if out_of is not None and any(notes.ending(c, out_of.first) for c in ("cue:person", "cue:gunmen", "cue:militants")):
        return False  # «مقاتلون من تنظيم X هاجموا»
    return notes.ending("cue:preposition", name.first) is not None and notes.ending("cue:that", name.first) is None


def is_passive(notes: Notes, verb: Match) -> bool:
    """Say whether the subject of a verb is the one it happened to ("was hit", "was shot dead", "came under")."""
    if notes.trigger(verb).kind == "suffer" or notes.ending("cue:passive", verb.first) is not None:
        return True
    return notes.at("cue:passive", verb.first) is not None and notes.trigger(verb).form == "verb"
