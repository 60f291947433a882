"""Ratings and suggestions (F5), the board of ideas, the meeting pack."""

from branch_console.services.cases.feedback_ideas import IdeaDesk
from branch_console.services.cases.feedback_meeting import MeetingDesk
from branch_console.services.cases.feedback_rating import RatingDesk
from branch_console.services.cases.feedback_reward import RewardDesk


class FeedbackDesk(RatingDesk, IdeaDesk, RewardDesk, MeetingDesk):
    """Ratings and suggestions (F5), the board of ideas, the meeting pack."""
