"""The three bases: what the unit claims, what its documents support, what the assessors found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Generic, TypeVar

from msgspec import Struct

ZERO = Fraction(0)

T = TypeVar("T")
U = TypeVar("U")


class ByBasis(Struct, Generic[T], frozen=True, gc=False):
    """One value on each basis: three facts, never one status."""

    claimed: T
    supported: T
    assessed: T

    def map(self, function: Callable[[T], U]) -> ByBasis[U]:
        """Return `function` of each value."""
        return ByBasis(function(self.claimed), function(self.supported), function(self.assessed))

    def each(self) -> tuple[T, T, T]:
        """Return the values in the order claimed, supported, assessed."""
        return self.claimed, self.supported, self.assessed


def on_every_basis(value: T) -> ByBasis[T]:
    """Return a value that does not depend on the basis."""
    return ByBasis(value, value, value)


def across(rows: Iterable[ByBasis[T]], fold: Callable[[Sequence[T]], U]) -> ByBasis[U]:
    """Return what `fold` gives of the rows' claimed values, of their supported and of their assessed ones."""
    found = tuple(rows)
    return ByBasis(
        fold([row.claimed for row in found]),
        fold([row.supported for row in found]),
        fold([row.assessed for row in found]),
    )


def total(values: Iterable[Fraction]) -> Fraction:
    """Return the exact sum: by denominator first, because `Fraction` reduces after each addition."""
    numerators: dict[int, int] = {}
    for value in values:
        numerators[value.denominator] = numerators.get(value.denominator, 0) + value.numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), ZERO)
