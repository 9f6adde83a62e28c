import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.brand import Brand
from assistant.brand_check import check_brand
from assistant.errors import ConfigurationError, InputError
from assistant.importing import ImportReport, import_brand
from assistant.saved_replies import SavedReply, load_saved_replies

EXPORTS = Path(__file__).with_name("exports")
Table = Callable[[str | bytes], ImportReport]


@pytest.fixture
def import_table(tmp_path: Path) -> Table:
    """Import one CSV table into the folder `brand`."""

    def do(content: str | bytes) -> ImportReport:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_brand([path], tmp_path / "brand", name="A", overwrite=True)

    return do


def _remarks(report: ImportReport) -> list[str]:
    """Left out and noted, with names in place of paths."""
    return [re.sub(r"/\S*/", "", str(one)) for one in (*report.left_out, *report.notes)]


@pytest.fixture
def imported(tmp_path: Path) -> tuple[ImportReport, Path]:
    """The sample exports as a brand."""
    folder = tmp_path / "new" / "brand"
    return import_brand([EXPORTS], folder, name='Quill & "Kettle": #1'), folder


def test_exports_become_a_brand_that_loads(imported: tuple[ImportReport, Path]) -> None:
    """Zendesk-like pages, tables and a Markdown folder make a brand that loads and passes its check without errors."""
    report, folder = imported
    brand = Brand.load(folder)
    assert (report.written, report.articles, report.saved_replies) == (True, 6, 5)
    assert (brand.name, brand.allowed_domains) == ('Quill & "Kettle": #1', ("help.quillandkettle.example",))
    assert {one.id: (one.kind, one.visibility, one.url) for one in brand.knowledge.articles} == {
        "cleaning-tea-strainers": ("help", "public", None),
        "goodwill-table": ("help", "internal", None),
        "returns-refunds": ("help", "public", "https://help.quillandkettle.example/returns"),
        "returns-refunds-2": ("help", "public", None),
        "website-slow-on-sunday": ("notice", "internal", None),
        "where-is-my-kettle": (
            *("help", "public"),
            "https://help.quillandkettle.example/hc/en-gb/articles/360001-Where-is-my-kettle",
        ),
    }
    checked = check_brand(folder)
    assert checked.errors == ()
    assert (checked.counts["articles"], checked.counts["saved replies"]) == (6, 5)
    assert [item.name for item in folder.parent.iterdir()] == ["brand"]


def test_a_page_keeps_its_text_and_nothing_else(imported: tuple[ImportReport, Path]) -> None:
    """Lists, tables and whole links stay; navigation, forms, scripts, hidden words, comments and pictures go."""
    articles = Brand.load(imported[1]).knowledge.articles
    page = next(one for one in articles if one.id == "where-is-my-kettle")
    assert page.text == (
        "Tracking is updated **twice a day**. "
        "See [delivery times](https://help.quillandkettle.example/hc/en-gb/articles/360002).\n\n"
        "- Label made: not scanned yet\n- Out for delivery: today\n\n"
        "| Where | Days |\n| --- | --- |\n| UK | 3 to 5 |\n\nPress here"
    )
    assert (
        next(one for one in articles if one.id == "cleaning-tea-strainers").text
        == "Rinse at once. \n\n---\n\nThen dry."
    )


def test_saved_replies_are_plain_and_their_placeholders_alike(imported: tuple[ImportReport, Path]) -> None:
    """Quotes, lines and lists survive; each tool's placeholders become ours."""
    replies = {one.text: one for one in load_saved_replies(imported[1])}
    first = (
        'Hi {first_name},\n\nI\'m sorry "tomorrow" turned into Thursday. Order {order_number} is with the driver now.'
    )
    assert replies[f"{first}\n{{agent_name}}"] == SavedReply(
        title="Parcel late", text=f"{first}\n{{agent_name}}", tags=("delivery", "late")
    )
    assert (
        "Hi {first_name},\n- refund sent\n- 3 to 5 days\nSee refunds https://help.quillandkettle.example/refunds"
        in replies
    )
    assert '=HYPERLINK("http://bad.example","press") is what they typed' in replies


def test_the_report_tells_what_was_left_out_and_why(imported: tuple[ImportReport, Path]) -> None:
    """Every file and row that was not taken over is there with its reason, and all that deserves a look."""
    assert _remarks(imported[0]) == [
        "articles.csv, row 3: it says of itself that it is a draft or out of use",
        "only_navigation.html: no text remains without navigation, scripts and forms",
        "draft.md: it says of itself that it is a draft",
        "todo.txt: not a kind of file that is read: .csv, .tsv, .md, .markdown, .html, .htm",
        "saved_replies.csv, row 5: it is empty",
        "saved_replies.csv, row 6: the same text as saved_replies.csv, row 3",
        "saved_replies.csv, row 8: 4 cells under 3 headings; put quotes round a text that holds ';'",
        "saved_replies.csv, row 9: it holds conditions ({% ... %}) that can't be taken over; write it out",
        "articles.csv, row 4: 'goodwill' is not a whole address; the article has no url",
        "articles.csv, row 4: its visibility is 'agents and managers': kept internal",
        "saved_replies.csv, row 7: a cell looks like a formula; kept as text",
        "saved_replies.csv, row 10: nothing fills {{ticket.custom_field_77}}; "
        "mend the saved reply, or have an agent fill it in",
        "articles.csv, row 5: the id 'returns-refunds' is taken by another article with that name; "
        "this one is 'returns-refunds-2'",
        "saved_replies.csv, row 3: another saved reply is called much the same; this one is parcel-late-2.yaml",
    ]
    assert imported[0].unknown_placeholders == {"{{ticket.custom_field_77}}": 1}


def test_the_same_exports_make_the_same_brand(imported: tuple[ImportReport, Path], tmp_path: Path) -> None:
    """Ids and files don't depend on when or where an import runs."""
    import_brand([EXPORTS], tmp_path / "again", name='Quill & "Kettle": #1')
    assert Brand.load(tmp_path / "again").sha256 == Brand.load(imported[1]).sha256


def test_the_comments_of_a_new_brand_are_true(imported: tuple[ImportReport, Path]) -> None:
    """With the '#' taken away, every example in the new brand.yaml is one that loads without a problem."""
    path = imported[1] / "brand.yaml"
    text = re.sub(r"(?m)^# (?= *(?:- )?[a-z_]+:)|^# (?= +[\w.]+: )", "", path.read_text())
    given = yaml.safe_load(text)
    path.write_text(text)
    assert set(given) == set(Brand.model_fields) - {"folder", "knowledge", "sha256"}
    assert check_brand(path.parent).errors == ()
    assert Brand.load(path.parent).channels["x"].limit == 280


def test_a_folder_is_never_overwritten_unasked(tmp_path: Path) -> None:
    """A folder that holds something is refused; asked to, a brand is replaced as a whole, and anything else is not."""
    folder = tmp_path / "brand"
    import_brand([EXPORTS / "articles.csv"], folder, name="A")
    with pytest.raises(ConfigurationError, match="is there already; name another, or ask to overwrite it"):
        import_brand([EXPORTS], folder, name="B")
    assert Brand.load(folder).name == "A"
    import_brand([EXPORTS / "notes"], folder, name="B", overwrite=True)
    assert (Brand.load(folder).name, len(Brand.load(folder).knowledge.articles)) == ("B", 2)
    (folder / "brand.yaml").unlink()
    with pytest.raises(ConfigurationError, match="not a brand"):
        import_brand([EXPORTS], folder, name="C", overwrite=True)
    assert (folder / "knowledge").is_dir()
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(ConfigurationError, match="no folder of its own"):
        import_brand([EXPORTS], tmp_path / "link", name="C", overwrite=True)


def test_a_fault_while_writing_leaves_the_old_brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new folder can't be put in place, the old one stands as it was and nothing lies about."""
    folder = tmp_path / "brand"
    import_brand([EXPORTS / "articles.csv"], folder, name="A")
    before, replace = Brand.load(folder).sha256, os.replace

    def fails(source: Path, target: Path) -> None:
        if Path(source).name == "new":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(ConfigurationError, match="No space left on device; nothing has changed"):
        import_brand([EXPORTS], folder, name="B", overwrite=True)
    assert Brand.load(folder).sha256 == before
    assert [one.name for one in tmp_path.iterdir()] == ["brand"]


def test_nothing_to_take_over_writes_nothing(tmp_path: Path) -> None:
    """An import of nothing usable says why and makes no folder; wrong use is an error."""
    report = import_brand([EXPORTS / "helpcentre" / "only_navigation.html"], tmp_path / "brand", name="A")
    assert (report.written, len(report.left_out)) == (False, 1)
    assert not (tmp_path / "brand").exists()
    with pytest.raises(InputError, match="a brand needs a name"):
        import_brand([EXPORTS], tmp_path / "brand", name=" \n")
    with pytest.raises(ConfigurationError, match="no such file or folder to import"):
        import_brand([tmp_path / "gone.csv"], tmp_path / "brand", name="A")


@pytest.mark.parametrize(
    ("content", "text", "note"),
    [
        ("title,text\na,caf\u00e9 \u2019".encode(), "caf\u00e9 \u2019", None),
        ("\ufefftitle,text\na,caf\u00e9".encode(), "caf\u00e9", None),
        ("title\ttext\na\tcaf\u00e9".encode("utf-16"), "caf\u00e9", None),
        (
            "title,text\na,caf\u00e9 \u2019".encode("cp1252"),
            "caf\u00e9 \u2019",
            "table.csv: not UTF-8; read as Windows-1252, so look at its accents and quotes",
        ),
        (b"sep=;\r\nName;Canned Response\r\na;b, c", "b, c", None),
        (b'Macro title|Reply\na|"one\r\ntwo"', "one\ntwo", None),
        (b'title,text\na,"%s"' % (b"y " * 2000), ("y " * 2000).strip(), None),
    ],
)
def test_encodings_and_delimiters(import_table: Table, tmp_path: Path, content: bytes, text: str, note: str) -> None:
    """Marks, UTF-16, Windows-1252 and each delimiter are read; a guess is told."""
    report = import_table(content)
    assert [one.text for one in load_saved_replies(tmp_path / "brand")] == [text]
    assert _remarks(report) == ([note] if note else [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x81\x8d,\x8f\n", "table.csv: its encoding can't be told; save it as UTF-8"),
        (
            b"title,text\na,b\0c\n",
            "table.csv: it holds NUL bytes, so it is not text or in an encoding that can't be told",
        ),
        (b"\xff\xfea", "table.csv: it says it is utf-16 and is not, from byte 2 on"),
        (
            b"a,b\n1,2\n",
            "table.csv: no column with texts: name it 'text' for saved replies or 'body' for articles "
            "(the header reads: a, b)",
        ),
        (
            b"",
            "table.csv: no column with texts: name it 'text' for saved replies or 'body' for articles "
            "(the header reads: nothing)",
        ),
        (
            b'title,text\na,"never closed\nb,c\n',
            "table.csv, row 2: a quote opens here and never closes, so the rest of the file hangs on it; close it",
        ),
        (
            b"title,text\na," + b"x" * 5001,
            "table.csv, row 2: 5,001 characters are too long for a saved reply (5,000)",
        ),
        (
            b"title,body\na," + b"x" * 200_001,
            "table.csv, row 2: 200,001 characters are too long for an article (200,000); part it",
        ),
        (b"title,body\na," + b"<div>" * 20_000 + b"x", "table.csv, row 2: it is nested too deep to be read"),
    ],
)
def test_tables_that_cannot_be_taken_over(import_table: Table, content: bytes, said: str) -> None:
    """Unreadable bytes, unknown columns, open quotes, texts without measure: a reason each, no crash."""
    report = import_table(content)
    assert (_remarks(report), report.written) == ([said], False)


@pytest.mark.parametrize(
    "title", ["../../up", "/etc/passwd", "C:\\x", "con", "NUL", "..", "\x00\x1b[31m", "\u202e", "a" * 900]
)
def test_hostile_titles_stay_in_the_folder(import_table: Table, tmp_path: Path, title: str) -> None:
    """No title makes a path of its own; what is written stays below the folder and loads."""
    rows = f'title,text\n"{title}",one\n' if "\x00" not in title else 'title,text\n"\x1b[31m",one\n'
    import_table(rows)
    found = [one for one in tmp_path.rglob("*") if one.is_file() and one.name != "table.csv"]
    assert {one.parent for one in found} == {tmp_path / "brand", tmp_path / "brand" / "playbooks" / "saved"}
    (name,) = (one.stem for one in found if one.name != "brand.yaml")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", name)
    assert name not in ("con", "nul")
    assert len(load_saved_replies(tmp_path / "brand")) == 1


def test_control_signs_of_file_names_stay_out_of_the_report(tmp_path: Path) -> None:
    """A file name can't steer the terminal that shows the report."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "\x1b[2Jx.txt").write_text("x")
    (said,) = _remarks(import_brand([tmp_path / "in"], tmp_path / "brand", name="A"))
    assert said.startswith("\ufffd[2Jx.txt: not a kind of file")


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link in an export does not bring in what lies elsewhere on the machine."""
    (tmp_path / "export").mkdir()
    (tmp_path / "secret.md").write_text("# Secret\n\nNot part of it.")
    (tmp_path / "export" / "innocent.md").symlink_to(tmp_path / "secret.md")
    report = import_brand([tmp_path / "export"], tmp_path / "brand", name="A")
    assert _remarks(report) == ["innocent.md: a link to somewhere else; name its target as a source"]


def test_ids_of_articles_survive_a_second_import(tmp_path: Path) -> None:
    """Front matter in our own form is kept; wrong front matter is left out, never loosened."""
    (tmp_path / "in").mkdir()
    own = "---\nid: NW K9\ntitle: T\nkind: wording\nvisibility: internal\nvalid_until: 2031-01-01\n---\nSay this.\n"
    (tmp_path / "in" / "a.md").write_text(own)
    (tmp_path / "in" / "b.md").write_text("---\ntitle: B\nvisibility: hidden\n---\nNot for all.\n")
    report = import_brand([tmp_path / "in"], tmp_path / "brand", name="A")
    (article,) = Brand.load(tmp_path / "brand").knowledge.articles
    assert (article.id, article.kind, article.visibility, str(article.valid_until)) == (
        *("NW K9", "wording", "internal"),
        "2031-01-01",
    )
    assert _remarks(report) == ["b.md: front matter: 'visibility' is 'hidden': known are: internal, public"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60)), min_size=1, max_size=4),
    articles=st.booleans(),
    data=st.binary(max_size=80),
)
def test_whatever_is_imported_loads(tmp_path: Path, rows: list[tuple[str, str]], articles: bool, data: bytes) -> None:
    """Any titles and texts, and any bytes, are imported or left out with a reason, and the result loads."""
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table = "\n".join((f"title,{'body' if articles else 'text'}", *quoted))
    (tmp_path / "in").mkdir(exist_ok=True)
    (tmp_path / "in" / "table.csv").write_bytes(table.encode("utf-8", "replace"))
    for name in ("any.md", "any.html", "any.csv"):
        (tmp_path / "in" / name).write_bytes(data)
    report = import_brand([tmp_path / "in"], tmp_path / "brand", name="A", overwrite=True)
    if report.written:
        assert check_brand(tmp_path / "brand").errors == ()
        assert len(Brand.load(tmp_path / "brand").knowledge.articles) == report.articles
        assert len(load_saved_replies(tmp_path / "brand")) == report.saved_replies
