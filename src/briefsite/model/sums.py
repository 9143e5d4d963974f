"""Arithmetic the build does: a formula over quantities, read and computed here, never typed.

Numbers are decimal and exact until they are shown. A unit that starts with `thousand`, `million`,
`billion` or `trillion` scales its number, so that `2.1 billion USD` by `18.5 million barrels` is
dollars a barrel.
"""

from __future__ import annotations

import ast
import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from briefsite.model.dates import Edtf, parse_date
from briefsite.model.records import Claim, Quantity, Sum
from briefsite.model.units import in_power, number_words, split_unit


@dataclass(frozen=True, slots=True)
class Day:
    """A day; not `exact` if only its month or year is known, which is enough for `year` alone."""

    date: datetime.date
    exact: bool = True


Value = Decimal | Day | str
"""A number, a day, or the name of a day of the week."""

_MAX_FORMULA = 200
_FUNCTIONS = {"year", "weekday"}
_PLURALS = {"days", "weeks", "months", "years", "kilometres", "barrels", "tonnes"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}


class SumError(ValueError):
    """A sum that cannot be computed; `part` is what of it is wrong, the message says why."""

    def __init__(self, message: str, part: str | int = "formula") -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity with its value: in base units (`value`), and as it is written (`words`)."""

    quantity: Quantity
    value: Value
    words: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A sum done: its terms, the formula with their values in it, and the result in words."""

    record: Sum
    terms: tuple[Term, ...]
    working: str
    value: Value
    result: str


def compute(record: Sum, claims: Mapping[str, Claim]) -> Computed:
    """Do a sum with the figures and dates of `claims`. Raises SumError."""
    terms: list[Term] = []
    for index, quantity in enumerate(record.quantities):
        if any(quantity.name == other.quantity.name for other in terms):
            raise SumError(f"'{quantity.name}' is named twice", index)
        if quantity.name in _FUNCTIONS:
            raise SumError(f"'{quantity.name}' is the name of a function", index)
        terms.append(_term(quantity, index, claims))
    named = {term.quantity.name: term for term in terms}
    tree = _parse(record.formula)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - _FUNCTIONS
    for index, term in enumerate(terms):
        if term.quantity.name not in used:
            raise SumError(f"the formula does not use '{term.quantity.name}'", index)
    with localcontext() as context:
        context.prec = 28
        try:
            value = _evaluate(tree, named)
            result = _result(value, record)
        except (DivisionByZero, InvalidOperation, Overflow, OverflowError) as error:
            raise SumError("the formula divides by zero or leaves the range of numbers") from error
    return Computed(record, tuple(terms), _working(tree, named), value, result)


def _term(quantity: Quantity, index: int, claims: Mapping[str, Claim]) -> Term:
    if quantity.claim is None:
        if quantity.day is not None:
            return Term(quantity, _day(quantity.day, "start", index), quantity.day.words())
        assert quantity.value is not None
        assert quantity.unit is not None
        return _number(quantity, quantity.value, quantity.unit)
    claim = claims[quantity.claim]
    if quantity.date is not None:
        day = _day(claim.date, quantity.date, index)
        point = claim.date.start if quantity.date == "start" else claim.date.end
        return Term(quantity, day, point.words() if point else claim.date.words())
    assert quantity.figure is not None
    if quantity.figure > len(claim.figures):
        message = f"claim '{claim.id}' has no figure number {quantity.figure}"
        raise SumError(message, index)
    figure = claim.figures[quantity.figure - 1]
    if figure.high is not None:
        raise SumError("a range cannot be computed with; give its end as a 'value'", index)
    return _number(quantity, figure.value, figure.unit)


def _number(quantity: Quantity, value: float, unit: str) -> Term:
    power, _ = split_unit(unit)
    words = _with_unit(number_words(Decimal(repr(value))), unit)
    return Term(quantity, in_power(value, power, 0), words)


def _day(date: Edtf, end: str, index: int) -> Day:
    point = date.start if end == "start" else date.end
    if point is None:
        raise SumError("this end of the date is open", index)
    if point.precision in ("decade", "century"):
        raise SumError("the date is not known to the year", index)
    day = point.first if end == "start" else point.last
    return Day(day, exact=point.precision == "day" and not point.qualifier)


def _parse(formula: str) -> ast.expr:
    if len(formula) > _MAX_FORMULA:
        raise SumError(f"the formula has more than {_MAX_FORMULA} characters")
    try:
        return ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise SumError("the formula cannot be read") from error


def _evaluate(node: ast.expr, named: Mapping[str, Term]) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            if not math.isfinite(number):
                raise SumError("the formula leaves the range of numbers")
            return Decimal(repr(number))
        case ast.Name(id=name) if name in named:
            return named[name].value
        case ast.Name(id=name):
            raise SumError(f"the formula names '{name}', which is no quantity here")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_as_number(_evaluate(operand, named))
        case ast.BinOp(left=left, op=operator, right=right):
            return _apply(operator, _evaluate(left, named), _evaluate(right, named))
        case ast.Call(func=ast.Name(id="year"), args=[argument], keywords=[]):
            return Decimal(_as_day(_evaluate(argument, named)).date.year)
        case ast.Call(func=ast.Name(id="weekday"), args=[argument], keywords=[]):
            return _WEEKDAYS[_exact(_as_day(_evaluate(argument, named))).weekday()]
    raise SumError("a formula has names, numbers, + - * /, brackets, year(…) and weekday(…) only")


def _apply(operator: ast.operator, left: Value, right: Value) -> Value:
    match operator, left, right:
        case ast.Sub(), Day(), Day():
            return Decimal((_exact(left) - _exact(right)).days)
        case ((ast.Add() | ast.Sub()), Day(), Decimal()):
            if right != right.to_integral_value():
                raise SumError("a date moves by whole days only")
            days = int(right) if isinstance(operator, ast.Add) else -int(right)
            return Day(_exact(left) + datetime.timedelta(days=days))
    numbers = _as_number(left), _as_number(right)
    match operator:
        case ast.Add():
            return numbers[0] + numbers[1]
        case ast.Sub():
            return numbers[0] - numbers[1]
        case ast.Mult():
            return numbers[0] * numbers[1]
        case ast.Div():
            return numbers[0] / numbers[1]
    raise SumError("a formula has no other signs than + - * /")


def _exact(day: Day) -> datetime.date:
    if not day.exact:
        raise SumError("a date that is not known to the day gives its year(…) only")
    return day.date


def _as_number(value: Value) -> Decimal:
    if not isinstance(value, Decimal):
        raise SumError("a date or a day of the week stands where a number must")
    return value


def _as_day(value: Value) -> Day:
    if not isinstance(value, Day):
        raise SumError("year(…) and weekday(…) take a date")
    return value


def _result(value: Value, record: Sum) -> str:
    if not isinstance(value, Decimal):
        if record.unit is not None:
            raise SumError("a date or a day of the week has no 'unit'", "unit")
        return value if isinstance(value, str) else parse_date(value.date.isoformat()).words()
    if record.unit is None:
        raise SumError("the result is a number and needs its 'unit'", "label")
    rounded = value.quantize(Decimal(1).scaleb(-record.decimals))
    return _with_unit(_signed(f"{rounded:,f}"), record.unit)


def _signed(number: str) -> str:
    return number.replace("-", "−")


def _with_unit(number: str, unit: str) -> str:
    if number in ("1", "−1") and unit in _PLURALS:
        unit = unit.removesuffix("s")
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}"


def _working(node: ast.expr, named: Mapping[str, Term], above: int = 0) -> str:
    """The formula as a person writes it, each name replaced by its value.

    `above` is the rank of the sign around it: what binds less is put in brackets.
    """
    match node:
        case ast.Constant(value=number):
            return number_words(Decimal(repr(number)))
        case ast.Name(id=name):
            return named[name].words
        case ast.UnaryOp(operand=operand):
            inner = _working(operand, named, 3)
            return f"−({inner})" if inner.startswith("−") else f"−{inner}"
        case ast.BinOp(left=left, op=operator, right=right):
            rank = 1 if isinstance(operator, ast.Add | ast.Sub) else 2
            # What stands behind a minus or a division keeps its brackets.
            first, second = _working(left, named, rank), _working(right, named, rank + 1)
            second = f"({second})" if second.startswith("−") else second
            parts = f"{first} {_SIGNS[type(operator)]} {second}"
            return f"({parts})" if rank < above else parts
        case ast.Call(func=ast.Name(id="year"), args=[argument]):
            return _year_words(argument, named)
        case ast.Call(args=[argument]):
            return _working(argument, named)
    raise AssertionError(node)


def _year_words(argument: ast.expr, named: Mapping[str, Term]) -> str:
    value = _evaluate(argument, named)
    return str(_as_day(value).date.year)
