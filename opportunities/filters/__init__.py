"""Making the list of opportunities shorter, and how many each choice would leave."""

from .facets import Counts, count
from .opportunities import OpportunityFilter

__all__ = ["Counts", "OpportunityFilter", "count"]
