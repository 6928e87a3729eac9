"""The invented office of the sample: its name, its people, its rooms and its months."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the sample office; every name is invented."""

    name: str
    post: str


UNIT = "Balai Diklat Keuangan Musi Raya"
SHORT = "BDK Musi Raya"
INSTITUTION = "Badan Tata Keuangan Nusantara"
ADDRESS = "Jalan Tepian Sungai Nomor 17, Musi Raya - https://bdk-musiraya.example"
CITY = "Musi Raya"

HEAD = Person("Ratna Kusumawardhani", "Kepala Balai")
SECRETARY = Person("Dewi Anggrainy", "Sekretaris Tim ZI")

STAFF = (
    HEAD,
    Person("Hendra Wirasakti", "Kepala Subbagian Tata Usaha"),
    Person("Dewi Anggrainy", "Analis Kebijakan"),
    Person("Yusuf Maulidin", "Widyaiswara Ahli Madya"),
    Person("Fitri Handayati", "Pranata Komputer"),
    Person("Bambang Suryantoro", "Analis SDM Aparatur"),
    Person("Lina Marpalung", "Perencana"),
    Person("Agus Tirtawijaya", "Auditor Kepatuhan Internal"),
    Person("Nurul Hasanatun", "Koordinator Layanan Diklat"),
    Person("Rahmat Tobasari", "Widyaiswara Ahli Muda"),
    Person("Sri Wahyulina", "Bendahara Pengeluaran"),
    Person("Ilham Pradiptya", "Pengelola Kepegawaian"),
    Person("Mega Lestariani", "Petugas Layanan Informasi"),
    Person("Doni Kurniansah", "Pengelola Barang Milik Negara"),
    Person("Putri Maharanita", "Arsiparis"),
    Person("Eko Setyabudhi", "Widyaiswara Ahli Pertama"),
    Person("Siti Rohimahwati", "Pengelola Penyelenggaraan Diklat"),
    Person("Taufik Hidayanto", "Pengelola Asrama"),
    Person("Vera Nainggola", "Pengadministrasi Umum"),
    Person("Wahyu Pamungkasa", "Teknisi Jaringan"),
    Person("Yanti Oktavirina", "Pengelola Keuangan"),
    Person("Zainal Mutakhin", "Pramubakti"),
    Person("Arief Budimanto", "Komandan Regu Satpam"),
    Person("Cipto Haryuono", "Satpam"),
    Person("Rudi Sanjayakarta", "Satpam"),
    Person("Nia Kartikasih", "Petugas Resepsionis"),
    Person("Galih Permadani", "Pengemudi"),
    Person("Hesti Purwandini", "Perawat Klinik"),
    Person("Joko Prasetiadi", "Pengelola Perpustakaan"),
    Person("Kartini Sembirang", "Penyusun Materi Diklat"),
)

GUESTS = (
    Person("Sulaiman Darmakusuma", "Alumni diklat, Kabupaten Lematang Hilir"),
    Person("Rosita Amelindari", "Pengelola kepegawaian, Kabupaten Kelingi"),
    Person("Paulus Simarata", "Penyedia konsumsi"),
    Person("Hanifah Zulaikhadi", "Komunitas penyandang disabilitas Musi Raya"),
    Person("Bagus Adikara", "Wartawan Kabar Musi"),
    Person("Maria Ulfahrani", "Penyewa ruang, koperasi setempat"),
    Person("Syahrul Ramadhanto", "Alumni diklat, Kota Musi Raya"),
)

ROOMS = ("Aula Ogan", "Ruang Rapat Lematang", "Ruang Rapat Rawas", "Ruang Kelas Komering", "Ruang Rapat Kelingi")

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def long_date(day: date) -> str:
    """A date as letters write it: 18 Januari 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """The day of the week with the date: Rabu, 18 Januari 2023."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"
