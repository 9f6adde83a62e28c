"""`python -m tone_rules.readings` prepares the rule files after a change."""

from tone_rules.readings.files import GROUPS
from tone_rules.readings.preparing import write
from tone_rules.readings.rules import FOLDER

write(FOLDER, GROUPS)
