"""What the rules on findings say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "finding-target-unknown": RuleWords(
        means="Temuan menyebut catatan atau dokumen yang tidak ada dalam portofolio dengan nama itu.",
        matters="Dokumen yang sudah ditolak akan tetap dihitung.",
        sentences={
            "": (
                "tidak ada catatan `{record}`",
                "tulis id catatannya: nama berkasnya tanpa `.md`, atau nama foldernya",
            ),
            "file": (
                "catatan `{record}` tidak memuat dokumen `{file}`",
                "tulis nama berkas atau tautan seperti di catatannya",
            ),
        },
    ),
    "finding-stale": RuleWords(
        means="Penilai memutus sebuah dokumen, dan isi berkasnya kini lain atau berkasnya sudah tidak ada.",
        matters="Penerimaan mereka bukan untuk berkas ini; penolakan tetap berlaku sampai mereka memutus lagi.",
        sentences={
            "": (
                "`{file}` pada catatan `{record}` diganti sejak dinilai",
                "minta penilai memutusnya lagi, atau kembalikan berkas yang mereka lihat",
            ),
            "gone": (
                "`{file}` pada catatan `{record}` sudah dinilai dan kini tidak ada",
                "kembalikan berkasnya, atau minta penilai memutus penggantinya",
            ),
        },
    ),
}
