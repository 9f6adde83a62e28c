"""Whether a message may give orders to whoever writes the reply. Then no model is asked: a playbook can't be talked to.

Wider than triage's reading of instructions, which is shown to people: here a false alarm costs no more than the better
prose of one reply.
"""

from functools import cache
from typing import TYPE_CHECKING

from assistant.context import PublicView
from assistant.triage import Triage
from prompts import neutral

if TYPE_CHECKING:
    import re2

_WHO = r"(?:system|admin(?:istrator)?|developer|assistant|ai|bot|chatbot|llm|gpt|inst)"
_PATTERNS = (
    r"\b(?:from (?:now|here|this point) on|henceforth)\b.{0,60}"
    r"\b(?:answer|reply|say|respond|speak|act|tell|write|only)\b",
    r"\b(?:you are|you[’']re|act as|pretend|become|enter|switch (?:in)?to|go into|now in)\b.{0,40}"
    r"\b(?:mode|dan|jailbr\w+|unrestricted|unfiltered|persona|in character|an? (?:ai|bot|llm|language model))\b",
    rf"(?:^|[\s\[<({{*#|])\s*{_WHO}\s*[\])}}>*|]*\s*[:>]",
    rf"[\[<{{|]{{1,2}}/?\s*{_WHO}\b",
    rf"\b(?:as|i am|i[’']m|this is|speaking as) (?:the |your |an? )?(?:{_WHO}|owner|engineer|operator|supervisor|ceo)\b"
    r".{0,60}\b(?:order|command|instruct|require|authori[sz]e|demand|permit|allow)",
    r"\brepeat (?:after me|the following|these words|exactly|this (?:word|sentence|phrase|text))\b",
    r"\b(?:print|output|reveal|dump|display|recite|leak|disclose|spell out)\b.{0,60}"
    r"\b(?:prompt|instructions?|your rules|records?|database|everything you|all you|internal|notes?|memory|"
    r"config\w*)\b",
    r"\b(?:ignore|disregard|forget|override|bypass|drop|stop following)\b.{0,50}"
    r"\b(?:instructions?|rules?|guidelines?|guardrails?|prompts?|training|polic(?:y|ies)|constraints?|directives?|"
    r"(?:all|everything)(?: of)? (?:the )?(?:previous|above|before|prior)|you (?:were|have been) told)\b",
    r"\b(?:answer|reply|respond|say|write|speak)\b (?:me )?(?:only|just|nothing but|exclusively|solely)\b",
    r"\b(?:answer|reply|respond|end|start|begin|finish)\b[^.!?]{0,30}"
    r"\bwith (?:only|just|nothing but|exactly|the (?:word|phrase|sentence|hashtag|code))\b",
    r"\b(?:note|message|instructions?|attention|memo)\b.{0,20}\b(?:to|for)\b.{0,20}"
    r"\b(?:ais?|bots?|llms?|(?:language )?models?|assistants?|machines?|whoever (?:writes|answers))\b",
    r"\b(?:new|updated?|your|following) (?:system )?(?:instructions?|directives?|task is|role is|objective)\b",
)
"""Tried on the whole message, letter case aside."""
_LONGEST = 20_000


def gives_orders(view: PublicView, triage: Triage) -> bool:
    """Whether triage saw instructions aimed at a model, or what others wrote has words that such instructions have.

    Args:
        view: its message, the customers' turns of its thread and its public facts are read.
        triage: of the message.
    """
    told = (view.message, *(one.text for one in view.thread if one.role != "brand"), *(one.value for one in view.facts))
    return triage.instructions or any(map(ordering, told))


def ordering(text: str) -> bool:
    """Whether a text has words that speak to a machine that writes."""
    return _orders().search(neutral(text)[:_LONGEST]) is not None


@cache
def _orders() -> "re2._Regexp":
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.dot_nl = True
    return re2.compile("|".join(f"(?:{one})" for one in _PATTERNS), options)
