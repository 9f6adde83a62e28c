"""What is kept: the inbox, the audit log, and the texts that can be erased. SQLite by default, Postgres by URL."""

from assistant.store.erasure import Erasure, erase, sweep
from assistant.store.inbox import Imported, Message, MessageStatus, NoMessage, Store
from assistant.store.records import Head, Record, RecordKind, export, head
from assistant.store.verification import ChainProblem, VerifyReport, verify

__all__ = [
    "ChainProblem",
    "Erasure",
    "Head",
    "Imported",
    "Message",
    "MessageStatus",
    "NoMessage",
    "Record",
    "RecordKind",
    "Store",
    "VerifyReport",
    "erase",
    "export",
    "head",
    "sweep",
    "verify",
]
