"""The onboarding area: the list of journeys (F2) and the journey of one customer."""

from screens.onboarding.journey_screen import JourneyScreen
from screens.onboarding.list_screen import OnboardingListScreen

__all__ = ["JourneyScreen", "OnboardingListScreen"]
