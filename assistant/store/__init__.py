"""What is kept: the inbox, the audit log, and the texts that can be erased. SQLite by default, Postgres by URL."""

from assistant.store.inbox import Imported, Message, MessageStatus, Store
from assistant.store.records import Head, Record, RecordKind, export, head

__all__ = ["Head", "Imported", "Message", "MessageStatus", "Record", "RecordKind", "Store", "export", "head"]
