"""What the rules on the history of changes say in Indonesian."""

from __future__ import annotations

from generator.languages.sentences import RuleWords

WORDS: dict[str, RuleWords] = {
    "history-unknown": RuleWords(
        means="Pengaturan meminta tanggal perubahan terakhir setiap catatan ditampilkan, tetapi git tidak mengetahuinya.",
        matters="Hari dan penulis perubahan terakhir tidak tampil; tidak ada angka yang bergantung padanya.",
        sentences={
            "no-git": (
                "perubahan terakhir tidak ditampilkan: program git tidak ada di komputer ini",
                "pasang git, atau hapus kunci ini",
            ),
            "no-repository": (
                "perubahan terakhir tidak ditampilkan: portofolio ini tidak berada dalam repositori git",
                "buat repositori dengan `git init`, atau hapus kunci ini",
            ),
            "no-commit": ("perubahan terakhir tidak ditampilkan: belum ada commit", "buat commit pertama"),
            "shallow": (
                "perubahan terakhir tidak ditampilkan: hanya sebagian riwayat yang ada di sini",
                "ambil selebihnya: `git fetch --unshallow`",
            ),
            "owner": (
                "perubahan terakhir tidak ditampilkan: repositori ini milik akun lain, sehingga tidak dibaca oleh git",
                "bila Anda memercayainya: `git config --global --add safe.directory FOLDER`",
            ),
            "slow": (
                "perubahan terakhir tidak ditampilkan: git memakan waktu terlalu lama",
                "tulis `riwayat: tidak`, atau buat repositori khusus untuk portofolio ini",
            ),
            "failed": (
                "perubahan terakhir tidak ditampilkan: git menjawab: {reason}",
                "coba jalankan `git log` di folder ini",
            ),
        },
    )
}
