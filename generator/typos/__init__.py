"""What was probably meant by something wrong: functions of the words alone, apart from reading.

`keys`, `values`, `lists`, `answers`, `documents` and `addresses` return a `Correction`; `yaml_lines` and `fences` mend
lines; `file_names` says what a file was meant to be called, `near_names` which of some names is near.
"""
