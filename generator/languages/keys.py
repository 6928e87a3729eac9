"""What each key of a file is for, with an example: shown by an editor that knows the JSON Schemas."""

from __future__ import annotations

from generator.languages import part


def key_description(key: str, language: str) -> str:
    """Return what a key (`shape.key`) is for; keys are meant by their English names."""
    return str(part(language, "keys").KEYS[key])


def example(key: str) -> str:
    """Return an example of a key's value as it is typed; nothing where none is needed."""
    return _EXAMPLES.get(key, "")


def schema_message(fault: str, language: str, **names: str) -> str:
    """Return what an editor says of a value that a schema refuses."""
    return str(part(language, "keys").FAULTS[fault]).format(**names)


_EXAMPLES = {
    "settings.title": "Portofolio Zona Integritas BDK Musi Raya",
    "settings.unit": "Balai Diklat Keuangan Musi Raya",
    "settings.instrument": "lke-zi-90-2021",
    "settings.target": "WBK",
    "settings.held": "[WBK]",
    "settings.period": "{from: 2022-09-01, to: 2023-06-30}",
    "settings.language": "id",
    "settings.theme": "default",
    "settings.documents": "{A.I.1.i.a: [sk, notulen]}",
    "settings.evidence_roots": "{scan: //nas/zi/scan}",
    "settings.publish": '{intranet: "sftp://host/var/www/zi"}',
    "settings.site_url": "https://intranet.example/zi/",
    "settings.previews": "false",
    "settings.history": "git",
    "settings.strip_location": "true",
    "period.from": "2022-09-01",
    "period.to": "2023-06-30",
    "record.title": "Benchmarking Zona Integritas ke kantor tetangga",
    "record.date": "2023-01-18",
    "record.end_date": "2023-01-19",
    "record.area": "1",
    "record.items": "[A.I.1.ii.c]",
    "record.people": "[Sekretaris Tim ZI]",
    "record.tags": "[rapat]",
    "record.status": "final",
    "record.classification": "terbatas",
    "record.evidence": "[{file: notulen.pdf, type: notulen}]",
    "defaults.people": "[Sekretaris Tim ZI]",
    "defaults.tags": "[rapat]",
    "defaults.classification": "terbatas",
    "evidence.file": "notulen.pdf",
    "evidence.url": "https://contoh.go.id/berita",
    "evidence.title": "Notulen benchmarking",
    "evidence.type": "notulen",
    "evidence.date": "2023-01-18",
    "evidence.valid_until": "2024-12-31",
    "evidence.pages": "2-4",
    "evidence.items": "[A.I.1.ii.c]",
    "evidence.classification": "terbatas",
    "assessment.answers": "{A.I.1.i.a: Ya}",
    "answer.answer": "B",
    "answer.inputs": "{n_agen: 5, n_perubahan: 4}",
    "finding.item": "A.I.1.i.a",
    "finding.date": "2023-03-02",
    "finding.assessor": "Tim Penilai Internal",
    "finding.answer": "B",
    "finding.status": "terbuka",
    "verdict.record": "2023-01-18-benchmarking",
    "verdict.file": "notulen.pdf",
    "verdict.verdict": "ditolak",
    "verdict.reason": "Belum ditandatangani",
    "page.title": "Profil satuan kerja",
    "page.order": "1",
    "instrument.schema": "catat.instrument/1",
    "instrument.id": "lke-kami-2024",
    "instrument.extends": "lke-zi-90-2021",
    "instrument.not_names": "[rapat evaluasi]",
    "instrument.items": "{A.I.1.i.a: {documents: [sk, notulen]}}",
    "instrument.title": "LKE Zona Integritas",
    "instrument.document_types": "{sk: Keputusan}",
    "scale.choices": "{Ya: 1, Tidak: 0}",
    "scale.kind": "ratio",
    "scale.max": "4",
    "area.number": "1",
    "area.code": "MP",
    "area.folder": "1-manajemen-perubahan",
    "area.label": "Manajemen Perubahan",
    "node.id": "A.I.1",
    "node.weight": "4",
    "node.area": "1",
    "item.id": "A.I.1.i.a",
    "item.scale": "yes-no",
    "item.weight": "0.25",
    "item.area": "1",
    "item.documents": "[sk, [notulen, laporan]]",
    "item.helpful": "[undangan, foto]",
    "item.question": "Unit kerja telah membentuk tim …",
    "item.portalrb": "1",
    "item.match": "[anggota, dipilih]",
    "item.criteria": "{Ya: Tim sudah dibentuk}",
    "input.key": "n_agen",
    "input.label": "Jumlah agen perubahan",
    "input.role": "of",
    "input.portalrb": "89",
    "criterion.wording": "Jika unit kerja telah …",
    "predicate.id": "WBK",
    "predicate.label": "Wilayah Bebas dari Korupsi",
    "gate.id": "index",
    "gate.measure": "score",
    "gate.node": "index",
    "gate.per": "area",
    "gate.areas": "[1, 2, 3, 4]",
    "gate.min": "75",
    "gate.predicate": "WBK",
    "document-type.names": "[absensi, presensi]",
}
