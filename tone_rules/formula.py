"""Formulas of metrics: arithmetic over named counts, and nothing else."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

Number = float | int

_BINARY: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Mod: operator.mod,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_UNARY: dict[type[ast.AST], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": math.fabs,
    "cbrt": lambda one: math.copysign(abs(one) ** (1 / 3), one),
    "ceil": lambda one: float(math.ceil(one)),
    "exp": math.exp,
    "floor": lambda one: float(math.floor(one)),
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "max": max,
    "min": min,
    "pow": lambda one, two: float(one) ** float(two),
    "sqrt": math.sqrt,
}
_LOGIC = ((re.compile(r"&&"), " and "), (re.compile(r"\|\|"), " or "), (re.compile(r"!(?!=)"), " not "))
_LONGEST = 1_000


class Formula:
    """A formula, parsed once."""

    def __init__(self, source: str) -> None:
        """Parse a formula.

        Raises:
            ValueError: it is more than arithmetic, or none; the message says what.
        """
        for pattern, word in _LOGIC:
            source = pattern.sub(word, source)
        if len(source) > _LONGEST:
            raise ValueError(f"this formula has more than {_LONGEST} characters; write it shorter")
        try:
            self._tree = ast.parse(" ".join(source.split()), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise ValueError(f"this is not a formula: '{source.strip()}'") from None
        try:
            self.names = frozenset(self._checked(self._tree))
        except RecursionError:
            raise ValueError("this formula is nested too deep; write it flat") from None

    def value(self, counts: Mapping[str, Number]) -> Any:
        """The number, or for a comparison the truth, that comes out with these counts.

        Raises:
            ValueError: it can't be worked out with them, such as for a division by zero.
        """
        try:
            return self._value(self._tree, counts)
        except KeyError as error:
            raise ValueError(f"there is no count named {error}") from None
        except (ArithmeticError, TypeError, RecursionError) as error:
            raise ValueError(str(error)) from None

    def _checked(self, node: ast.AST) -> list[str]:
        """The names in a formula that is arithmetic all through."""
        inner: list[ast.expr] = []
        match node:
            case ast.Constant(value=int() | float()):
                return []
            case ast.Name(id=name):
                return [name]
            case ast.Attribute(value=ast.Name(id="heading"), attr=attribute):
                return [f"heading_{attribute}"]
            case ast.BinOp(left=left, right=right, op=op) if type(op) in _BINARY or isinstance(op, ast.Div):
                inner = [left, right]
            case ast.Compare(left=left, ops=ops, comparators=rest) if all(type(one) in _BINARY for one in ops):
                inner = [left, *rest]
            case ast.UnaryOp(operand=operand, op=op) if type(op) in _UNARY:
                inner = [operand]
            case ast.BoolOp(values=values):
                inner = values
            case ast.Call(func=ast.Attribute(value=ast.Name(id="math"), attr=name), args=args, keywords=[]):
                if name not in _FUNCTIONS:
                    raise ValueError(f"no function math.{name}; known are: {', '.join(sorted(_FUNCTIONS))}")
                inner = args
            case _:
                raise ValueError(f"a formula can't hold '{ast.unparse(node)}': numbers, counts, + - * / % and math.*")
        return [name for one in inner for name in self._checked(one)]

    def _value(self, node: ast.AST, counts: Mapping[str, Number]) -> Any:
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return counts[name]
            case ast.Attribute(attr=attribute):
                return counts[f"heading_{attribute}"]
            case ast.BinOp(left=left, right=right, op=op):
                one, two = self._value(left, counts), self._value(right, counts)
                if not isinstance(op, ast.Div):
                    return _BINARY[type(op)](one, two)
                whole = isinstance(one, int) and isinstance(two, int)
                return math.trunc(one / two) if whole else one / two
            case ast.Compare(left=left, ops=ops, comparators=rest):
                values = [self._value(one, counts) for one in (left, *rest)]
                return all(_BINARY[type(op)](*pair) for op, pair in zip(ops, pairwise(values), strict=True))
            case ast.UnaryOp(operand=operand, op=op):
                return _UNARY[type(op)](self._value(operand, counts))
            case ast.BoolOp(op=op, values=values):
                truths = (bool(self._value(one, counts)) for one in values)
                return all(truths) if isinstance(op, ast.And) else any(truths)
            case ast.Call(func=ast.Attribute(attr=name), args=args):
                return _FUNCTIONS[name](*(self._value(one, counts) for one in args))
        raise TypeError(f"no value for '{ast.unparse(node)}'")
