"""The document types that a file's name suggests."""

from __future__ import annotations

import re

from generator.evidence.filetypes import file_type
from generator.joining.type_names import TypeNames

_BY_CAMERA = re.compile(r"(?:img|dsc|dscn|dscf|pxl|p|whatsapp image|foto|photo)[-_ ]?\d", re.IGNORECASE)
_PHOTO = "foto"


def guess_types(name: str, names: TypeNames) -> tuple[str, ...]:
    """Return the types in a file's name, its main one first; a picture that a camera named is a photo."""
    found = names.in_file_name(name)
    if found or not file_type(name).camera_notes or not _BY_CAMERA.match(name.strip()):
        return found
    return (_PHOTO,) if (_PHOTO,) in names.types else ()
