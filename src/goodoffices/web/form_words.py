"""What the fields of the forms are called, in English and French, and the French of what a form refuses."""

from __future__ import annotations

import re
from typing import Final

LABELS: Final[dict[str, tuple[str, str]]] = {
    "kind": ("Kind of fact", "Type de fait"),
    "when": ("When", "Quand"),
    "known": ("Known since", "Connu depuis"),
    "actor": ("Who", "Qui"),
    "text": ("What, in one sentence of your own", "Quoi, en une phrase de votre cru"),
    "text_fr": ("The same in French, if you like", "La même chose en français, au besoin"),
    "confidence": ("Confidence", "Fiabilité"),
    "note": ("Note", "Remarque"),
    "competes_with": ("Competes with", "En concurrence avec"),
    "reason": ("Reason", "Motif"),
    "since": ("Counts from", "Compte à partir du"),
    "version": ("This fact", "Ce fait"),
    "source_title": ("Source", "Source"),
    "source_publisher": ("Published by", "Publiée par"),
    "source_published": ("Published on", "Publiée le"),
    "source_address": ("Address", "Adresse"),
    "source_at": ("Where in it", "À quel endroit"),
    "country": ("Country", "Pays"),
    "day": ("Day 0", "Jour 0"),
    "category": ("Kind of change", "Type de changement"),
    "what": ("What happened", "Ce qui s’est passé"),
    "source": ("Source", "Source"),
    "address": ("Its address", "Son adresse"),
    "iso3": ("ISO 3166 code", "Code ISO 3166"),
    "again": ("Another case", "Un autre cas"),
    "pasted": ("Pasted text", "Texte collé"),
    "pasted_known": ("Known since", "Connu depuis"),
    "verb": ("Words used", "Termes employés"),
    "label": ("What it is called there", "Comment c’est appelé"),
    "document": ("Document symbol", "Cote du document"),
    "meeting": ("Meeting", "Réunion"),
    "subject_matter": ("Subject", "Objet"),
    "victim": ("How the removed government had come in", "Comment le gouvernement renversé était en place"),
    "outcome": ("Outcome", "Issue"),
    "person": ("Person", "Personne"),
    "office": ("Office", "Fonction"),
    "manner": ("How", "Comment"),
    "direction": ("Begins, ends or changes", "Commence, finit ou change"),
    "measure": ("Measure", "Mesure"),
    "target": ("Against whom or what", "Contre qui ou quoi"),
    "months": ("Months", "Mois"),
    "days": ("Days", "Jours"),
    "until": ("Until", "Jusqu’au"),
    "of": ("About which fact", "À propos de quel fait"),
    "result": ("What came of it", "Ce qui en est advenu"),
    "election": ("Vote", "Scrutin"),
    "mission": ("Mission", "Mission"),
    "mission_type": ("Type of mission", "Type de mission"),
    "lead": ("Led by", "Dirigée par"),
    "organisation": ("Organisation", "Organisation"),
    "credentials": ("Credentials", "Pouvoirs"),
    "aid": ("Aid", "Aide"),
    "amount": ("Amount or number", "Montant ou nombre"),
    "step": ("Step", "Étape"),
    "task": ("Task", "Tâche"),
    "fate": ("What became of it", "Ce qu’il en est advenu"),
    "votes": ("Votes", "Voix"),
    "percent": ("Percent", "Pour cent"),
    "question": ("Question asked", "Question posée"),
    "sample": ("Sample", "Échantillon"),
    "instrument": ("Instrument", "Instrument"),
    "asks_return": ("Asks for a return to constitutional order", "Demande le retour à l’ordre constitutionnel"),
    "agenda_item": ("Agenda item", "Point de l’ordre du jour"),
    "recommends": ("Recommends", "Recommande"),
    "with": ("With whom", "Avec qui"),
    "line": ("The line", "La ligne"),
    "key": ("Key", "Clé"),
    "sources": ("Sources", "Sources"),
    "marking": ("Marking", "Marquage"),
}
# Sentences that forms refuse with, as the record's own checks word them; `{}` stands for what was typed.
_REFUSED: Final = (
    ("a fact of kind {} needs {}.", "un fait de type {} demande {}."),
    ("{} is no kind of fact.", "{} n’est pas un type de fait."),
    ("the kind is missing.", "le type manque."),
    ("the date is missing.", "la date manque."),
    ("the actor is missing.", "l’acteur manque."),
    ("the sentence is missing.", "la phrase manque."),
    ("the sentence has {} characters.", "la phrase compte {} signes."),
    ("the confidence is missing.", "la fiabilité manque."),
    ("the source is missing.", "la source manque."),
    ("there is no actor {}.", "il n’y a pas d’acteur {}."),
    ("there is no fact {}.", "il n’y a pas de fait {}."),
    ("known on {}, before it was so.", "connu le {}, avant que cela ne soit."),
    ("known must be a date.", "le jour de connaissance doit être une date."),
    ("a fact without a date needs the day it became known.", "un fait sans date demande le jour où il a été connu."),
    ("a fact of kind {} lasts; {} is one day.", "un fait de type {} dure ; {} est un seul jour."),
    ("{} is no date.", "{} n’est pas une date."),
    ("{} is no day of the calendar.", "{} n’est pas un jour du calendrier."),
    ("{} is no single day.", "{} n’est pas un seul jour."),
    ("{} has no beginning.", "{} n’a pas de début."),
    ("{} ends before it begins.", "{} finit avant de commencer."),
    ("{} is {}, not a number.", "{1} n’est pas un nombre."),
    ("a correction needs a reason.", "une correction demande un motif."),
    ("a withdrawal needs a reason.", "un retrait demande un motif."),
    ("the fact was corrected while this form was open.", "le fait a été corrigé entre-temps."),
    ("is beyond the {} of one paste.", "dépasse les {} faits d’un même collage."),
    ("there is no source {}.", "il n’y a pas de source {}."),
    ("the key {} stands twice (first on line {}).", "la clé {} figure deux fois (d’abord à la ligne {})."),
    ("{} has no fields.", "{} n’a pas de champs."),
    ("the key {} is taken.", "la clé {} est prise."),
    ("is not well-formed YAML: {}.", "n’est pas du YAML correct."),
    ("is given twice.", "est indiqué deux fois."),
    ("a case needs at least the year of its day 0.", "un cas demande au moins l’année de son jour 0."),
    ("is missing.", "manque."),
    ("{} is not in the register of states.", "{} n’est pas au registre des États."),
    ("{} is no country of the sandbox.", "{} n’est pas un pays du bac à sable."),
    ("{} is none.", "{} n’en est pas un."),
    ("the record has {} already.", "le registre a déjà {}."),
    ("nothing was pasted.", "rien n’a été collé."),
    ("has {} parts.", "compte {} parties."),
    ("{} is no field.", "{} n’est pas un champ."),
    ("is empty.", "est vide."),
    ("address of the source {} is no web address: {}.", "ce n’est pas une adresse du Web : {1}."),
    ("{} is recorded already with another content.", "{} est déjà enregistré avec un autre contenu."),
    ("holds the character {}.", "contient le caractère {}."),
    ("the key {} is not known for the kind {}.", "le champ {} n’existe pas pour le type {}."),
    ("there is no column {}.", "il n’y a pas de colonne {}."),
    ("there is no order {}.", "il n’y a pas d’ordre {}."),
    ("there is no span {}.", "il n’y a pas d’étendue {}."),
    ("there is no sort {}.", "il n’y a pas de sorte {}."),
    ("the record knows days from {} to {}, not {}.", "le registre connaît les jours de {} à {}, non {}."),
    ("{} lies after {}, the day of knowledge.", "{} vient après le {}, jour de connaissance."),
    ("{} lies after {}.", "{} vient après le {}."),
    ("{} is '{}'.", "« {1} » n’est pas possible ici."),
)
_REMEDIES: Final = (
    ("Add it: {}.", "Choisissez : {}."),
    ("Add it.", "Indiquez-le."),
    ("Possible: {}.", "Possibles : {}."),
    ("Choose one.", "Choisissez-en un."),
    (
        "The form that takes facts one by one lists the kinds.",
        "Le formulaire qui prend les faits un par un donne la liste des types.",
    ),
    (
        "Cite one that the case has, or give it under sources:.",
        "Citez-en une que le cas a déjà, ou donnez-la sous sources:.",
    ),
    (
        "Check how it is written, or give its code of three letters below.",
        "Vérifiez son orthographe, ou donnez ci-dessous son code de trois lettres.",
    ),
    (
        "After the source stand fields: verb=condemn. Put a part with a semicolon in it in quotes.",
        "Après la source viennent des champs : verb=condemn. Mettez entre guillemets droits une partie qui contient un "
        "point-virgule.",
    ),
    ("Choose another key, or correct the fact on its page.", "Choisissez une autre clé, ou corrigez le fait."),
    ("Paste lines, or facts as in a case file.", "Collez des lignes, ou des faits comme dans un fichier de cas."),
    ("Its names come up as you type.", "Ses noms s’affichent quand vous écrivez."),
    ("Did you mean {}?", "Vouliez-vous dire {} ?"),
    ("Write digits only.", "N’écrivez que des chiffres."),
    ("Say who reports it: every fact has a source.", "Dites qui le rapporte : tout fait a une source."),
    ("Check both dates, when: and known:.", "Vérifiez les deux dates."),
    ("Write high, medium or low.", "Choisissez élevée, moyenne ou faible."),
    ("Add text: one sentence in your own words.", "Écrivez une phrase avec vos propres mots."),
    ("Add when: with a day, a span, or unknown.", "Écrivez un jour, une période, ou unknown (inconnu)."),
    ("Write day; who; kind; sentence; source.", "Écrivez jour; qui; type; phrase; source."),
    ("Say in a few words what was wrong.", "Dites en quelques mots ce qui était faux."),
    ("Say in a few words why.", "Dites en quelques mots pourquoi."),
    ("Give its usual English name.", "Donnez son nom habituel."),
    ("Choose one of the facts of the case.", "Choisissez l’un des faits du cas."),
    ("Write 2026-11-20 or 2026-11.", "Écrivez 2026-11-20 ou 2026-11."),
    ("Start it with http:// or https://.", "Commencez-la par http:// ou https://."),
    ("At most {}.", "Au plus {}."),
    ("Remove it.", "Retirez-le."),
    ("Columns: {}.", "Colonnes : {}."),
    ("Write asc or desc.", "Écrivez asc ou desc."),
    ("Spans, in days: {}; or all.", "Étendues, en jours : {} ; ou all (tout)."),
    ("Sorts: {}.", "Sortes : {}."),
    ("Ask for another day.", "Demandez un autre jour."),
    ("Give the earlier day first.", "Donnez d’abord le jour le plus ancien."),
    ("Give an earlier day.", "Donnez un jour antérieur."),
    (
        "Give its ISO 3166 code of three letters as well (--iso3), such as MLI.",
        "Donnez aussi son code ISO 3166 de trois lettres, comme MLI.",
    ),
    (
        "Add actor:, such as authorities, au-psc or un-security-council.",
        "Choisissez un acteur, comme authorities, au-psc ou un-security-council.",
    ),
    (
        "Write 2021-06-01, 2021-06, 2021, 2021-06-01~ (about), 2021? (uncertain), or a span 2021-05-24/2021-06-01.",
        "Écrivez 2021-06-01, 2021-06, 2021, 2021-06-01~ (vers), 2021? (incertain), ou une période "
        "2021-05-24/2021-06-01.",
    ),
    ("Write it as year-month-day, such as 2021-06-15.", "Écrivez année-mois-jour, comme 2021-06-15."),
    ("Write year-month-day, such as 2021-06-01.", "Écrivez année-mois-jour, comme 2021-06-01."),
    (
        "Add your facts there, or say below that this is another case.",
        "Ajoutez-y vos faits, ou dites ci-dessous qu’il s’agit d’un autre cas.",
    ),
    (
        "Compare with what it says now, below, and send it again.",
        "Comparez avec ce qu’il dit maintenant, ci-dessous, et envoyez de nouveau.",
    ),
)


def label(field: str, language: str) -> str:
    """What a field is called."""
    return LABELS[field][language == "fr"] if field in LABELS else field.replace("_", " ")


def refused(found: str, remedy: str, language: str) -> tuple[str, str]:
    """What is wrong and the remedy, and the language the reader finds them in: French where there is a French text."""
    if language == "fr":
        said, then = _in_french(found, _FOUND), _in_french(remedy, _THEN)
        if said:
            return f"{said} {then}".strip(), "fr"
    # Beside a field "is missing" has lost what it is about.
    plain = "this is missing." if found == "is missing." else f"it {found}" if _VERB.match(found) else found
    return f"{plain} {remedy}".strip(), "en"


def _in_french(text: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, french in table:
        match = pattern.fullmatch(text)
        if match:
            return french.format(*(_QUOTED.sub(r"« \1 »", one).replace("'", "’") for one in match.groups()))
    return ""


def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "(.+?)"), re.DOTALL), french) for english, french in table
    )


_VERB: Final = re.compile(r"(is|has|holds) ")
_QUOTED: Final = re.compile(r"'([^']*)'")
_FOUND: Final = _compiled(_REFUSED)
_THEN: Final = _compiled(_REMEDIES)
