"""`python -m assistant.triage` prepares the rule files of triage after a change."""

from assistant.triage.files import GROUPS
from assistant.triage.rules import FOLDER
from tone_rules.readings.preparing import write

write(FOLDER, GROUPS)
