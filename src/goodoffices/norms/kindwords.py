"""What kinds of facts, value fields and actors are called in sentences, in English and French.

Kinds stand after "no ..." and "aucune trace de ...". An actor that is not here is shown by the name the caller gives,
or by its id with its hyphens taken out.
"""

from __future__ import annotations

from typing import Final

KIND_WORDS: Final[dict[str, tuple[str, str]]] = {
    "seizure": ("seizure of power", "prise de pouvoir"),
    "ousted": ("removal of an office-holder", "destitution d’un responsable"),
    "leadership": ("change of leadership", "changement de dirigeant"),
    "detention": ("detention or release", "détention ou libération"),
    "violence": ("violence", "violences"),
    "legal_act": ("legal act", "acte juridique"),
    "transition_term": ("term of the transition", "durée de la transition"),
    "promise": ("dated promise", "promesse datée"),
    "promise_outcome": ("outcome of a promise", "suite donnée à une promesse"),
    "vote_held": ("vote", "scrutin"),
    "constitutional_order": ("return to constitutional order", "retour à l’ordre constitutionnel"),
    "dialogue": ("dialogue", "dialogue"),
    "agreement": ("agreement", "accord"),
    "partnership": ("partnership", "partenariat"),
    "foreign_forces": ("movement of foreign forces", "mouvement de forces étrangères"),
    "expulsion": ("expulsion", "expulsion"),
    "restriction": ("restriction", "restriction"),
    "authorities_statement": ("statement by the authorities", "déclaration des autorités"),
    "opinion": ("survey of opinion", "sondage d’opinion"),
    "determination": ("determination of what the change was", "qualification du changement"),
    "statement": ("statement", "déclaration"),
    "decision": ("decision", "décision"),
    "suspension": ("suspension", "suspension"),
    "suspension_declined": ("decision not to suspend", "décision de ne pas suspendre"),
    "suspension_lifted": ("lifting of the suspension", "levée de la suspension"),
    "sanction": ("sanction", "sanction"),
    "sanction_lifted": ("lifting of sanctions", "levée de sanctions"),
    "deadline_set": ("deadline", "échéance fixée"),
    "force": ("threat or use of force", "menace ou emploi de la force"),
    "mediation": ("mediation", "médiation"),
    "organisation_exit": ("withdrawal from an organisation", "retrait d’une organisation"),
    "meeting": ("meeting", "réunion"),
    "press_statement": ("press statement", "déclaration à la presse"),
    "presidential_statement": ("presidential statement", "déclaration présidentielle"),
    "resolution": ("resolution", "résolution"),
    "no_product": ("seizure of the case without a text", "saisine restée sans texte"),
    "veto": ("veto", "veto"),
    "credentials": ("decision on credentials", "décision sur les pouvoirs"),
    "recognition": ("recognition", "reconnaissance"),
    "aid_measure": ("aid measure", "mesure d’aide"),
    "stance": ("stance", "prise de position"),
    "mission_present": ("United Nations mission in the country", "mission des Nations Unies dans le pays"),
    "mandate": ("decision on a mandate", "décision sur un mandat"),
    "mission_exit": ("closing of a mission", "fermeture d’une mission"),
    "consent": ("act of consent", "acte de consentement"),
    "guidance": ("guidance", "consigne"),
    "working_group": ("interdepartmental working group", "groupe de travail interdépartemental"),
    "lead_department": ("lead department", "département chef de file"),
    "crisis_policy": ("use of the crisis policy", "recours à la politique de crise"),
    "assessment": ("assessment", "évaluation"),
    "mission_task": ("account of a mission’s task", "suivi d’une tâche de la mission"),
    "staff_security": ("security incident or measure", "incident ou mesure de sécurité"),
    "engagement": ("contact with the authorities", "contact avec les autorités"),
    "case": ("case", "cas"),
    "gap": ("known gap", "lacune connue"),
    "state": ("entry in the register of states", "entrée au registre des États"),
    "code": ("number in a list of states", "numéro dans une liste d’États"),
    "mission": ("entry in the register of missions", "entrée au registre des missions"),
    "operation": ("entry in the register of operations", "entrée au registre des opérations"),
    "body": ("entry in the register of bodies", "entrée au registre des organes"),
    "instrument": ("step of a treaty or policy", "étape d’un traité ou d’une politique"),
    "council_agenda": ("place on the Council’s agenda", "inscription à l’ordre du jour du Conseil"),
    "penholder": ("penholder in the Council", "rédacteur désigné au Conseil"),
    "recommendation": ("recommendation on a mission", "recommandation sur une mission"),
    "membership": ("membership", "appartenance"),
    "treaty_action": ("treaty action", "acte relatif à un traité"),
    "context": ("background", "contexte"),
}

# Actors that rules name. Pages and briefs may hand over the register's own names instead.
ACTOR_WORDS: Final[dict[str, tuple[str, str]]] = {
    "au": ("the African Union", "l’Union africaine"),
    "au-psc": ("its Peace and Security Council", "son Conseil de paix et de sécurité"),
    "au-commission": ("the AU Commission", "la Commission de l’UA"),
    "au-assembly": ("the AU Assembly", "la Conférence de l’UA"),
    "ecowas": ("ECOWAS", "la CEDEAO"),
    "ecowas-authority": ("the ECOWAS Authority", "la Conférence de la CEDEAO"),
    "ecowas-commission": ("the ECOWAS Commission", "la Commission de la CEDEAO"),
    "un": ("the United Nations", "l’ONU"),
    "un-secretariat": ("the UN Secretariat", "le Secrétariat de l’ONU"),
    "un-secretary-general": ("the Secretary-General", "le Secrétaire général"),
    "un-security-council": ("the Security Council", "le Conseil de sécurité"),
    "un-dppa": ("DPPA", "le DPPA"),
    "un-dpo": ("DPO", "le DOP"),
}

# Treaties and organisations that guards name.
NAMED: Final[dict[str, tuple[str, str]]] = {
    **ACTOR_WORDS,
    "african-charter-democracy": (
        "the African Charter on Democracy, Elections and Governance",
        "la Charte africaine de la démocratie, des élections et de la gouvernance",
    ),
}

FIELD_WORDS: Final[dict[str, tuple[str, str]]] = {
    "verb": ("what the body said of it", "les termes employés"),
    "category": ("kind of change", "type de changement"),
    "victim": (
        "how the removed government had come to office",
        "la manière dont le gouvernement renversé était en place",
    ),
    "outcome": ("outcome", "issue"),
    "manner": ("how office was taken", "mode d’accès à la fonction"),
    "mission_type": ("type of mission", "type de mission"),
    "person": ("person", "personne"),
    "step": ("step", "étape"),
}

WORD_WORDS: Final[dict[str, tuple[str, str]]] = {
    "condemn": ("condemns", "condamne"),
    "reject": ("rejects", "rejette"),
    "military_coup": ("military coup", "coup d’État militaire"),
    "mercenary_intervention": ("intervention of mercenaries", "intervention de mercenaires"),
    "armed_takeover": ("armed takeover", "prise de pouvoir armée"),
    "refusal_to_leave": ("refusal to hand over", "refus de céder le pouvoir"),
    "constitutional_manipulation": ("constitutional manipulation", "manipulation constitutionnelle"),
    "completed": ("completed", "accomplie"),
    "reversed": ("reversed", "renversée"),
    "elected": ("elected", "élu"),
    "transitional": ("transitional", "de transition"),
    "unelected": ("not elected", "non élu"),
    "not_established": ("not established", "non établi"),
    "not_shown": ("not shown by any page", "qu’aucune page ne montre"),
    "failed": ("failed", "échouée"),
    "contested": ("contested", "contesté"),
    "peacekeeping": ("peacekeeping operation", "opération de maintien de la paix"),
    "took_power": ("took power", "prise de pouvoir"),
}


def kind_words(kind: str, language: str = "en") -> str:
    """A kind of fact inside a sentence: "decision not to suspend"."""
    return KIND_WORDS[kind][language == "fr"] if kind in KIND_WORDS else kind.replace("_", " ")


def field_words(field: str, language: str = "en") -> str:
    """A value field inside a sentence."""
    return FIELD_WORDS[field][language == "fr"] if field in FIELD_WORDS else field.replace("_", " ")


def value_words(word: str, language: str = "en") -> str:
    """A word of a value inside a sentence."""
    return WORD_WORDS[word][language == "fr"] if word in WORD_WORDS else word.replace("_", " ")
