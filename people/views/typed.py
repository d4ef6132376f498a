"""Where the parts that all twins share were looked for; they are in ``people.twins``."""

from people.twins import channel_before, page, person_to_type_for, saved, typed_data, way

__all__ = ["channel_before", "page", "person_to_type_for", "saved", "typed_data", "way"]
