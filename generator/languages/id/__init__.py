"""Indonesian."""

from __future__ import annotations

from generator.languages.language import Calendar, Language

INDONESIAN = Language(
    code="id",
    names="indonesia bahasa-indonesia indonesian indo ind in",
    locale="id_ID",
    stemmer="indonesian",
    calendar=Calendar(
        weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        weekday_words=("", "", "", "", "jum'at", "", "ahad"),
        month_words=(
            "januari jan", "februari feb pebruari", "maret mar", "april apr", "mei", "juni jun",
            "juli jul", "agustus agu agt", "september sep sept", "oktober okt", "november nov nopember",
            "desember des",
        ),
        days_ago={"hari ini": 0, "kemarin": 1, "kemarin dulu": 2},
        before_a_day=r"hari|tanggal|tgl\.?",
        hours=r"pukul|pkl\.?|jam|pagi|siang|sore|malam",
        prepositions="pada",
        between_days=r"s\.?\s*/?\s*d\.?|sampai(?: dengan)?|hingga|dan",
    ),
    own_words={"draft": "draf", "open": "terbuka", "closed": "selesai"},
)  # fmt: skip
