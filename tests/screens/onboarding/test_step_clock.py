"""The stopwatch of a step leaves out what nobody worked on."""

from screens.onboarding.step_clock import StepClock


class Time:
    """A monotonic clock under control."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def started() -> tuple[Time, StepClock]:
    time = Time()
    clock = StepClock(time)
    clock.start()
    return time, clock


def test_work_is_active() -> None:
    time, clock = started()
    for _ in range(4):
        time.seconds += 30
        clock.touch()
    assert clock.reading() == (120_000, 0)


def test_the_first_minute_without_a_key_is_active_and_the_rest_away() -> None:
    time, clock = started()
    time.seconds += 200
    clock.touch()
    time.seconds += 10
    assert clock.reading() == (70_000, 140_000)


def test_reading_often_changes_nothing() -> None:
    time, clock = started()
    for _ in range(200):
        time.seconds += 1
        clock.reading()
    assert clock.reading() == (60_000, 140_000)


def test_locked_and_left_time_is_away_from_its_first_second() -> None:
    time, clock = started()
    time.seconds += 20
    clock.leave()
    time.seconds += 15
    clock.come_back()
    time.seconds += 5
    assert clock.reading() == (25_000, 15_000)


def test_a_new_step_starts_at_nought_and_a_stopped_one_stands_still() -> None:
    time, clock = started()
    time.seconds += 20
    clock.stop()
    time.seconds += 500
    assert clock.reading() == (20_000, 0)
    clock.go_on()
    time.seconds += 5
    assert clock.reading() == (25_000, 0)
    clock.start()
    assert clock.reading() == (0, 0)
