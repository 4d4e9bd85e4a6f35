"""The base class that openapi-generator's python-fastapi imports for models that may have members besides, and does not make.

Copy it to `models/object.py` of the made package. It keeps unknown members, in what FastAPI reads and in what it answers.
"""

from pydantic import BaseModel, ConfigDict, model_serializer


class object(BaseModel):
    model_config = ConfigDict(extra="allow")

    @model_serializer(mode="wrap")
    def flat(self, serialize):
        members = serialize(self)
        members.pop("additional_properties", None)
        return members
