"""Who did it and who was hit: read the roles of the parties a clause names, and on whose word.

Roles follow from the words beside a name (by, against, a joined «ل» after an attack noun, an adjective on it) and from
the order of verb and subject in the language.
"""

from dataclasses import dataclass

from pipeline.annotate import Notes
from pipeline.casualties import is_followed_by_object
from pipeline.dateline import dateline_end
from pipeline.lexicon import Match
from pipeline.records import Actor
from pipeline.stand_in import GENERIC, actor_kind

_ATTACK_KINDS = frozenset({"attack", "projectile", "carry"})
_RANKS = {"claimed": 0, "by": 0, "adjective": 1, "subject": 2, "killer": 2, "own": 3, "origin": 4, "near": 5}
_ARMED_GROUPS = frozenset({"rebel_group", "militia", "proxy_group", "jihadist"})
_PLAIN = frozenset({"by", "adjective", "subject"})
_DENIAL_REACH = 4  # tokens: "nobody has yet claimed"
_HARM_REACH = 5  # tokens between a name and the passive verb that tells of its harm
_FORCES = frozenset({"state_forces", "coalition", "police", "security_service"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Parties of one clause; ``initiator`` is the best guess at who did it, ``basis`` on what that rests."""

    initiator: Actor | None = None
    target: Actor | None = None
    basis: str | None = None
    others: tuple[Actor, ...] = ()


def find_parties(notes: Notes, first: int, last: int) -> Parties:
    """Give the parties named in tokens [first, last) their roles."""
    names = [m for m in notes.within("actor", max(first, dateline_end(notes)), last) if not _only_describes(notes, m)]
    if not names:
        return Parties()
    heads = [m for m in notes.within("trigger", first, last) if notes.trigger(m).kind in _ATTACK_KINDS]
    initiator: Actor | None = None
    target: Actor | None = None
    basis: str | None = None
    others: list[Actor] = []
    for name in names:
        role, why = _role(notes, name, heads, first, last)
        actor = Actor(role, notes.text.mention(name.first, name.last), name.value)
        if role == "initiator" and (initiator is None or _ranks_before(actor, why, initiator, basis or "near")):
            initiator, basis = actor, why
        elif role == "target" and target is None:
            target = actor
        else:
            others.append(actor)
    if initiator is None:
        initiator = _own_report(notes, names, heads, first, last)
        basis = "own" if initiator else None
    blame = _accusation(notes, names, first, last)
    if blame is not None and not (basis in _PLAIN and _is_only_believed(notes, blame[0], heads)):
        initiator, basis = blame
    return Parties(initiator, target, basis, tuple(others))


def _ranks_before(actor: Actor, why: str, known: Actor, basis: str) -> bool:
    """Say whether a party is the better guess: a named one before "the militias", then the plainer sign."""
    named, unnamed = (not (one.actor_id or "").startswith(GENERIC) for one in (actor, known))
    if named != unnamed and _RANKS[why] <= _RANKS["subject"]:
        return named
    return _RANKS[why] < _RANKS[basis]


def _is_only_believed(notes: Notes, blamed: Actor, heads: list[Match]) -> bool:
    """«قصفت طائرات تركية مواقع يشتبه بأنها لحزب X»: believed is whose the target is, not who hit it."""
    if blamed.role != "blamed" or not heads:
        return False
    tokens = notes.text.tokens
    belief = next(
        (
            m
            for m in notes.within("cue:believed", heads[0].last, len(tokens))
            if tokens[m.first].start < blamed.mention.start
        ),
        None,
    )
    return belief is not None


def _role(notes: Notes, name: Match, heads: list[Match], first: int, last: int) -> tuple[str, str]:
    owner = _members_of(notes, name, first)
    if owner is not None:
        return _role(notes, owner, heads, first, last)
    if name.last < last and notes.text.tokens[name.last].raw == ":":
        return _heads_line(notes, name, last)
    if _announces_own(notes, name, last):
        return "initiator", "subject"
    if _says_it_did(notes, name, first, last):
        return "initiator", "claimed"
    if _kills(notes, name, last):
        return "initiator", "killer"
    if _is_hurt(notes, name, last):
        return "target", "victim"
    if name_strength(notes, name) == "adjective":
        return ("initiator", "adjective") if _qualifies_attack(notes, name, heads) else ("none", "adjective")
    if _speaks(notes, name, first, last):
        return "source", "speech"
    if _is_by(notes, name):
        return "initiator", "by"
    if notes.has("cue:launch", first, name.first) and notes.has(
        "cue:from_inside", max(first, name.first - 6), name.first
    ):
        return "initiator", "origin"
    if _is_victim(notes, name, first):
        return "target", "victim"
    if _is_against(notes, name):
        return "target", "against"
    if _is_where(notes, name):
        return "none", "place"
    part = notes.ending("cue:part_noun", name.first)
    if part is not None and (notes.ending("weapon", part.first) or notes.ending("cue:aircraft", part.first)):
        return "initiator", "adjective"  # «قصفت طائرة تابعة للتحالف»
    if notes.ending("kind", name.first) or part is not None:
        return "target", "place"
    if _qualifies_attack(notes, name, heads):
        return "initiator", "adjective"
    return _role_by_order(notes, name, heads, first)


def _heads_line(notes: Notes, name: Match, last: int) -> tuple[str, str]:
    """«حزب الله: قصفنا», "IDF: struck a launcher": who heads a line tells what it did; a country heads the news."""
    if notes.has("cue:we", name.last, last):
        return "initiator", "subject"
    return ("source", "speech") if name_strength(notes, name) == "metonym" else ("initiator", "own")


def _members_of(notes: Notes, name: Match, first: int) -> Match | None:
    """The general words that a party's name explains: «مسلحين ينتمون لتنظيم X» did what X did."""
    belonging = notes.ending("cue:belonging", name.first)
    if belonging is None or belonging.first <= first:
        return None
    members = notes.ending("actor", belonging.first)
    return members if members is not None and members.value.startswith(GENERIC) else None


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


def _only_describes(notes: Notes, name: Match) -> bool:
    """Say whether a party's name only describes something else: "Houthi-run TV", "government-held town"."""
    tokens = notes.text.tokens
    return (
        name.last + 1 < len(tokens)
        and tokens[name.last].raw in "-–"
        and notes.at("cue:held_by", name.last + 1) is not None
    )


def _announces_own(notes: Notes, name: Match, last: int) -> bool:
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


def _says_it_did(notes: Notes, name: Match, first: int, last: int) -> bool:
    """«أعلن الحزب، في بيان، أنه أطلق», "the group said it had fired"."""
    if not _speaks(notes, name, first, last) and notes.ending("cue:announce", name.first) is None:
        return False
    own = next(notes.within("cue:own", name.last, last), None)
    if own is None or notes.has("trigger", name.last, own.first):
        return False
    verb = next(notes.within("trigger", own.last, min(last, own.last + 2)), None)
    return verb is not None and notes.trigger(verb).kind in _ATTACK_KINDS


def _is_hurt(notes: Notes, name: Match, last: int) -> bool:
    """Say whether those named were harmed: "two government soldiers were killed"."""
    if notes.language.order != "svo":
        return False
    harm = next(notes.within("trigger", name.last, min(last, name.last + _HARM_REACH)), None)
    if harm is None or notes.trigger(harm).kind not in ("kill", "wound"):
        return False
    return (
        notes.at("cue:passive", harm.first) is not None or _is_passive(notes, harm) or _has_no_object(notes, harm, last)
    )


def _has_no_object(notes: Notes, verb: Match, last: int) -> bool:
    """Say whether nobody stands behind a verb of harm: "25 fighters killed when a bomb exploded"."""
    tokens = notes.text.tokens
    if notes.numbers_in(verb.last, min(verb.last + 4, last)) or is_followed_by_object(notes, verb, last):
        return False
    if verb.last >= len(tokens) or tokens[verb.last].kind == "punct":
        return True
    return any(notes.at(c, verb.last) for c in ("cue:preposition", "cue:by", "cue:locative", "cue:connector"))


def _kills(notes: Notes, name: Match, last: int) -> bool:
    """«قتلت القوات ثلاثة شبان», "soldiers killed three men": the party stands where the doer of the verb does."""
    if actor_kind(name.value) not in _FORCES | _ARMED_GROUPS or name_strength(notes, name) in ("metonym", "adjective"):
        return False
    if notes.language.order == "svo":
        verb = next(notes.within("trigger", name.last, min(last, name.last + 2)), None)
        if verb is None or verb.first > name.last + 1 or _is_passive(notes, verb):
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


def _own_report(notes: Notes, names: list[Match], heads: list[Match], first: int, last: int) -> Actor | None:
    """An army that reports militants killed in a strike reports its own strike."""
    if not heads or not notes.has("cue:militants", first, last):
        return None
    for name in names:
        if actor_kind(name.value) in _FORCES and _speaks(notes, name, first, last):
            return Actor("initiator", notes.text.mention(name.first, name.last), name.value)
    return None


def _speaks(notes: Notes, name: Match, first: int, last: int) -> bool:
    """Say whether a party is the one who tells: a verb of speech directly beside it."""
    for match in notes.within("cue:speech", max(first, name.first - 5), name.first):
        between = range(match.last, name.first)
        if not any(notes.at(category, index) for index in between for category in ("trigger", "cue:preposition")):
            return True
    return notes.language.order == "svo" and any(
        match.first <= name.last + 1 for match in notes.within("cue:speech", name.last, min(last, name.last + 2))
    )


def _is_by(notes: Notes, name: Match) -> bool:
    for gap in (0, 1, 2):
        match = notes.ending("cue:by", name.first - gap)
        if match is not None:
            return notes.ending("cue:held_by", match.first) is None  # "a depot used by ..."
    return False


def _is_where(notes: Notes, name: Match) -> bool:
    """Say whether a state is named as a place: "in Syria", "launched from Iraq", «في صنعاء»."""
    if name_strength(notes, name) != "metonym":
        return False
    if notes.language.order == "svo":
        return any(notes.ending(category, name.first) for category in ("cue:preposition", "cue:from", "cue:genitive"))
    joined = bool(name.prefix) and name.prefix[-1] in notes.language.locative_prefixes
    return joined or notes.ending("cue:locative", name.first) is not None


def _is_against(notes: Notes, name: Match) -> bool:
    for gap in (0, 1):
        match = notes.ending("cue:against", name.first - gap)
        if match is not None and not _is_verb(notes, match):
            return True
    return False


def _is_verb(notes: Notes, match: Match) -> bool:
    """Say whether a word that also tells an attack is its verb: then the order of words says who is who."""
    trigger = notes.at("trigger", match.first)
    return trigger is not None and notes.trigger(trigger).form == "verb"


def _is_victim(notes: Notes, name: Match, first: int) -> bool:
    """«قتل 7 جنود أتراك»: between the casualty word and the name stand a number or people."""
    if notes.language.order == "svo":
        return False
    for word in notes.within("trigger", max(first, name.first - 5), name.first):
        if notes.trigger(word).kind in ("kill", "wound"):
            between = range(word.last, name.first)
            told = (notes.at("trigger", index) for index in between)
            if any(head is not None and notes.trigger(head).kind in _ATTACK_KINDS for head in told):
                continue  # «قتل ثلاثة جنود في هجوم لتنظيم X»
            if any(notes.at("cue:person", i) or notes.numbers_in(i, i + 1) for i in between):
                return True
    return False


def _qualifies_attack(notes: Notes, name: Match, heads: list[Match]) -> bool:
    """«غارة إسرائيلية», «قصف لقوات النظام», "Israeli strike", "Houthi missile"."""
    if notes.language.adjectives == "before":
        for head in heads:
            if 0 <= head.first - name.last <= 2:
                return True
        return any(0 <= w.first - name.last <= 2 for w in notes.within("weapon", name.last, name.last + 3))
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


def _role_by_order(notes: Notes, name: Match, heads: list[Match], first: int) -> tuple[str, str]:
    verbs = [head for head in heads if notes.trigger(head).form == "verb" or _must_be_verb(notes, name, head)]
    if notes.language.order == "svo":
        following = next((verb for verb in verbs if verb.first >= name.last), None)
        if (
            following is not None
            and not _is_passive(notes, following)
            and not _shares_subject(notes, following, heads, name)
        ):
            return "initiator", "subject"
        told_before = any(head.last <= name.first for head in heads)  # "one strike engaged an ISIL unit"
        return ("target", "object") if told_before else ("initiator", "near")
    preceding = [verb for verb in verbs if verb.last <= name.first]
    if preceding:
        verb = preceding[-1]
        subject_before = (
            notes.has("weapon", first, verb.first)
            or any(notes.trigger(head).form == "noun" for head in heads if head.last <= verb.first)
            or any(other.last <= verb.first for other in notes.within("actor", first, verb.first))
        )
        if name.first - verb.last <= 2:
            return (
                ("target", "object")
                if subject_before and notes.trigger(verb).kind != "carry"
                else ("initiator", "subject")
            )
        return "target", "object"
    if name_strength(notes, name) == "metonym" and not any(0 <= verb.first - name.last <= 2 for verb in verbs):
        return "none", "near"
    if any(verb.first >= name.last and notes.trigger(verb).kind != "suffer" for verb in verbs):
        return ("none", "near") if _is_led_by_preposition(notes, name) else ("initiator", "subject")
    armed = actor_kind(name.value) in _ARMED_GROUPS
    return ("initiator", "near") if armed and name_strength(notes, name) == "strong" else ("none", "near")


def _must_be_verb(notes: Notes, name: Match, head: Match) -> bool:
    """«طيران الجيش قصف»: written like a noun, but no noun without an article follows a name."""
    return notes.language.order == "vso" and head.first == name.last and not head.definite and not head.prefix


def _shares_subject(notes: Notes, verb: Match, heads: list[Match], name: Match) -> bool:
    """Say whether a joined verb goes on with an earlier subject: "the strike engaged ISIL units and destroyed ..."."""
    before = notes.text.tokens[verb.first - 1]
    joined = before.raw in ",;" or before.text in notes.language.coordinators
    return joined and any(head.last <= name.first for head in heads)


def _is_led_by_preposition(notes: Notes, name: Match) -> bool:
    out_of = notes.ending("cue:from", name.first)
    if out_of is not None and any(notes.ending(c, out_of.first) for c in ("cue:person", "cue:gunmen", "cue:militants")):
        return False  # «مقاتلون من تنظيم X هاجموا»
    return notes.ending("cue:preposition", name.first) is not None and notes.ending("cue:that", name.first) is None


def _is_passive(notes: Notes, verb: Match) -> bool:
    return notes.ending("cue:passive", verb.first) is not None or notes.trigger(verb).kind == "suffer"


def _accusation(notes: Notes, names: list[Match], first: int, last: int) -> tuple[Actor, str] | None:
    """Who claims the attack, or who is blamed for it."""
    claim = next(notes.within("cue:claim", first, last), None)
    if claim is not None and not notes.has("cue:not_done", max(first, claim.first - _DENIAL_REACH), claim.first):
        beside = (
            [n for n in reversed(names) if n.last <= claim.first]
            if notes.language.order == "svo"
            else [n for n in reversed(names) if n.last <= claim.first] or [n for n in names if n.first >= claim.last]
        )
        by = [n for n in names if _is_by(notes, n)]
        for name in (by or beside or names)[:1]:
            return Actor("claimed_by", notes.text.mention(name.first, name.last), name.value), "claimed"
    blame = next(notes.within("cue:blame", first, last), None)
    if blame is not None:
        after = [n for n in names if n.first >= blame.last]
        if len(after) > 1 and notes.language.order == "vso":
            after = after[1:]
        for name in after[:1]:
            if not _speaks(notes, name, first, last):
                return Actor("blamed", notes.text.mention(name.first, name.last), name.value), "blamed"
    return None
