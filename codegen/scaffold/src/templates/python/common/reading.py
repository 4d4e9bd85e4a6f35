"""The base of all models: they read whatever a sender of any release writes, and never refuse it.

- A member that the contract does not know is kept (`model_extra`).
- A value of another type than the contract says reads as None, like one that is absent.
- A value that breaks a limit, or that no enum lists, is kept.
- Another spelling of a member or of a value reads as the proper one.
- What is sensitive, and what nobody knows, does not appear in `repr`, and so not in logs.
"""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidatorFunctionWrapHandler, field_validator, model_validator
from pydantic_core.core_schema import ValidationInfo

import contract

# What pydantic calls a value of the right type that breaks a limit.
LIMITS = {
    "greater_than_equal", "less_than_equal", "multiple_of", "string_pattern_mismatch", "string_too_long",
    "string_too_short", "too_long", "too_short",
}  # fmt: skip
WIDTHS = {"int32": 2**31, "int64": 2**63}


class Hook(BaseModel):
    """A body, or a record inside one."""

    model_config = ConfigDict(extra="allow", strict=True, populate_by_name=True)
    _spellings: ClassVar[dict[str, str]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls._spellings = contract.spellings(cls.__name__)

    @model_validator(mode="before")
    @classmethod
    def _proper_members(cls, body: Any) -> Any:
        if not isinstance(body, dict) or not cls._spellings.keys() & body.keys():
            return body
        # The last one counts, whatever its spelling.
        return {cls._spellings.get(name, name): value for name, value in body.items()}

    @field_validator("*", mode="wrap")
    @classmethod
    def _lenient(cls, value: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        schema = contract.member(cls.__name__, field.alias or info.field_name or "")
        width = WIDTHS.get(schema.get("format", ""))
        if width and isinstance(value, float) and value.is_integer():
            value = int(value)  # 7.0 is the number 7.
        if width and isinstance(value, int) and not -width <= value < width:
            return None
        try:
            value = read(value)
        except ValidationError as error:
            return value if all(detail["type"] in LIMITS for detail in error.errors()) else None
        aliases = schema.get(contract.OWN + "enum-aliases", {})
        return aliases.get(value, value) if isinstance(value, str) else value

    def reading(self) -> dict[str, Any]:
        """What the contract knows of the body, by the members' proper names."""
        def plain(value: Any) -> Any:
            if isinstance(value, Hook):
                return value.reading()
            if isinstance(value, list):
                return [plain(item) for item in value]
            return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value

        fields = type(self).model_fields
        known = (name for name in fields if name in self.model_fields_set)
        return {fields[name].alias or name: plain(getattr(self, name)) for name in known}

    def __repr_args__(self) -> Any:
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            if name in fields:
                schema = contract.member(type(self).__name__, fields[name].alias or name)
                if name in self.model_fields_set and value is not None:
                    yield name, "***" if schema.get(contract.OWN + "sensitive") else value
            else:
                yield name, "***"
