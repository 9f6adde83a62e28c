"""Rules by whatever a person calls them: a pack's name, a rule's id, a folder, a file."""

from collections.abc import Iterable
from pathlib import Path

from tone_rules.errors import ConfigurationError
from tone_rules.located import nearest
from tone_rules.pack import MANIFEST, Pack, load_pack, load_style, shipped


def load_rules(name: str | Path, packs: Iterable[Pack] | None = None) -> Pack:
    """Rules by name.

    Args:
        name: a pack (`tone`), a rule of one (`tone.Filler`), a folder of rules (`my-brand/rules/House`), or the file
            of one rule (`my-brand/rules/House/Tea.yml`).
        packs: where names and ids are looked for; the packs that ship by default.

    Returns:
        The pack, or a pack of the same name with the one rule.

    Raises:
        ConfigurationError: nothing goes by that name (the message names the nearest), or it does not load.
    """
    known = tuple(load_pack(one) for one in shipped()) if packs is None else tuple(packs)
    said = str(name)
    if isinstance(name, str):
        for pack in known:
            if said == pack.name:
                return pack
            if any(rule.id == said for rule in pack.rules):
                return _only(pack, said)
    path = Path(name)
    if path.is_dir():
        return load_folder(path)
    if path.is_file():
        return _file(path)
    if path.name != said or path.suffix in (".yml", ".yaml"):
        raise ConfigurationError.at(path, "there is no such file or folder; name a pack, a rule, or where its file is")
    names = [rule.id for pack in known for rule in pack.rules] if "." in said else [pack.name for pack in known]
    what = "rule" if "." in said else "pack"
    raise ConfigurationError.at(said, f"no such {what}; {nearest(said, names)}")


def load_folder(folder: Path) -> Pack:
    """The pack in a folder; without a manifest it is read as a published style, whose bad rules are its warnings.

    Raises:
        ConfigurationError: a file of a pack with a manifest is wrong, or there is no rule in the folder.
    """
    return Pack.load(folder) if (folder / MANIFEST).exists() else load_style(folder)


def unread(pack: Pack) -> frozenset[str]:
    """The paths of the rules of a pack's folder that could not be read; its warnings say why."""
    known = {rule.path for rule in pack.rules}
    return frozenset(one.path for one in pack.warnings if one.path not in known and one.path.endswith(".yml"))


def _only(pack: Pack, rule: str) -> Pack:
    return Pack(rule, tuple(one for one in pack.rules if one.id == rule), pack.required)


def _file(path: Path) -> Pack:
    """One rule by its file: as its folder reads it, so that its id and weight are those it will have."""
    if path.suffix != ".yml":
        raise ConfigurationError.at(path, "a rule's file ends in .yml")
    pack = load_folder(path.parent)
    found = next((one for one in pack.rules if one.path and Path(one.path).name == path.name), None)
    if found is None:
        raise ConfigurationError([one for one in pack.warnings if Path(one.path).name == path.name])
    return _only(pack, found.id)
