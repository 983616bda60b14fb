"""The bench of the counter: for the contract suite, whose checks sign people in and need their codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from dvc_cli.backends import BackendOptions
from dvc_cli.contract.bench import Citizen
from dvc_cli.contract.values import Registration, Secret, Submission
from dvc_cli.testing.sample_birth import MOTHER, sample_birth
from dvc_counter.backend import CounterBackend
from dvc_counter.counter import Counter
from dvc_counter.people import invented_people


def open_bench(options: BackendOptions) -> CounterBench:
    """The factory that the entry point names."""
    return CounterBench(options)


class CounterBench:
    """One counter, any number of clients, and a clock that can be moved."""

    def __init__(self, options: BackendOptions) -> None:
        self._clock, self._moved = options.clock, timedelta()
        self._counter = Counter(self._now, invented_people())

    def _now(self) -> datetime:
        return self._clock.now() + self._moved

    def open(self) -> CounterBackend:
        """One more client of the same counter."""
        return CounterBackend(self._counter)

    def citizens(self) -> tuple[Citizen, ...]:
        """Everybody but the mother of the sample dossier."""
        return tuple(self._citizen(number) for number in self._counter.people if number != MOTHER)

    def code(self, challenge_id: str) -> Secret:
        """The code that a phone would show."""
        return Secret(self._counter.find(challenge_id).codes[-1])

    def registration(self) -> Registration | None:
        """Nobody registers here."""
        return None

    def submission(self) -> tuple[Citizen, Submission] | None:
        """The sample that the suite ships."""
        return self._citizen(MOTHER), sample_birth(self._now())

    def pass_by(self, seconds: int) -> bool:
        """Move the clock."""
        self._moved += timedelta(seconds=seconds)
        return True

    def close(self) -> None:
        """Nothing is held."""

    def _citizen(self, number: str) -> Citizen:
        return Citizen(number, Secret(self._counter.people[number].password))
