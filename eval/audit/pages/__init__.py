"""The report for people: a page that opens from disk, and Markdown."""

from eval.audit.pages.markdown import markdown as markdown
from eval.audit.pages.page import html as html
