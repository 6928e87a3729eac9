"""Texts as people write them in offices, held against GitHub's own reader (cmark-gfm) with the same sanitiser behind it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

from generator import markup

TEXTS = tuple(
    text.strip("\n")
    for text in r"""
Yang hadir:
- Kepala
- Sekretaris
%%
Langkah:
1. satu
2. dua
%%
Langkah kedua:
2. dua
3. tiga
%%
- satu
  - anak a
  - anak b
    - cucu
- dua
%%
1. satu
   - anak a
   - anak b
2. dua
   teks lanjutan
%%
1. satu
  - anak dua spasi
2. dua
%%
- satu
    - anak empat spasi
    - anak lagi
- dua
%%
- satu
	- anak dengan tab
	- anak lagi
- dua
%%
1. satu
    1. anak
    2. anak
2. dua
%%
1. satu
	a. anak
	b. anak
2. dua
%%
* bintang
* bintang dua

* bintang longgar
%%
+ tambah
+ tambah dua
%%
- minus
* bintang
+ tambah
%%
1) satu
2) dua
%%
1. satu
1. satu juga
1. satu lagi
%%
3. tiga
4. empat
%%
a. Pembukaan
b. Pembahasan
c. Penutup
%%
A) Pertama
B) Kedua
%%
• butir dari Word
• butir kedua
%%
- satu

- dua

- tiga
%%
- satu
- dua


- tiga setelah dua baris kosong
%%
- paragraf satu

  paragraf dua
- butir dua
%%
- paragraf satu

    kode bukan, paragraf
- butir dua
%%
-   lebar

    lanjutan
-   dua
%%
- butir
yang dilanjutkan tanpa indentasi
- butir dua
%%
- butir
  > kutipan dalam butir
- butir
%%
- butir

  | a | b |
  |---|---|
  | 1 | 2 |
%%
- butir

      kode di dalam butir
%%
- [ ] belum
- [x] sudah
- [X] sudah juga
%%
1. [ ] belum
2. [x] sudah
%%
- induk
  - [ ] anak belum
  - [x] anak sudah
%%
-bukan butir
-juga bukan
%%
2023. Kegiatan tahun itu
%%
Kegiatan pada tahun
2023. Semua hadir.
%%
18 Januari 2023
Rapat dibuka.
%%
18. Januari adalah hari rapat
%%
- 
- kosong di atas
%%
- satu
-
- tiga
%%
1.
2. dua
%%
Tanggal:
18-01-2023
- hadir 12 orang
%%
- satu
teks
%%
10. sepuluh
    - anak
11. sebelas
%%
10. sepuluh
   - anak kurang satu spasi
11. sebelas
%%
- a
 - b
  - c
   - d
%%
- a

 b
%%
1. satu

   ```
   kode
   ```

2. dua
%%
1. satu
   ```sh
   ls -l
   ```
2. dua
%%
- ```
  kode langsung
  ```
- dua
%%
Rekap:
| Nama | Nilai |
|------|-------|
| Ani | 90 |
| Budi | 85 |
%%
| Nama | Nilai |
|------|:-----:|
| A\|B | `x` |
%%
Nama | Nilai
--- | ---
Ani | 90
%%
| Nama |
|------|
| Ani |
%%
| a | b | c |
|:--|:-:|--:|
| 1 | 2 |
| 3 |
%%
| a | b |
|---|---|
| **tebal** | *miring* |
| [t](x.pdf) | ~~lama~~ |

Setelah tabel.
%%
| a | b |
|---|---|
| 1 | 2 |
Baris tanpa garis
%%
| a | b |
|---|
| 1 | 2 |
%%
| a | b |
|---|---|
- butir sesudah tabel
%%
| a | b |
|---|---|
> kutipan sesudah tabel
%%
| Kode | Arti |
|---|---|
| `a\|b` | garis |
%%
|a|b|
|-|-|
||kosong|
%%
Teks | biasa dengan garis
bukan tabel
%%
| a | b |

|---|---|
%%
> kutipan
> dua baris
%%
> kutipan
lanjutan malas
%%
> - butir
> - butir dua
%%
> 1. satu
>    - anak
%%
> luar
>> dalam
%%
> a

> b
%%
> # Judul
> isi
%%
> ```
> kode
> ```
%%
>tanpa spasi
%%
Kata pengantar:
> kutipan langsung
%%
# Judul
Isi langsung di bawah
## Anak judul
Isi lagi
%%
Teks di atas
# Judul langsung
%%
#tanpa spasi
%%
##juga tanpa spasi
%%
# Judul #
%%
## Judul ##   
%%
###### Enam
%%
####### Tujuh
%%
Judul
=====
Isi
%%
Judul dua
---------
Isi
%%
Dua baris
judul
---
%%
Paragraf

---

Paragraf
%%
***
%%
* * *
%%
___
%%
- - -
%%
--
%%
- butir
---
%%
Harga ~~1000~~ 900.
%%
Harga ~1000~ 900.
%%
Harga ~~~1000~~~ 900.
%%
**tebal** dan *miring* dan ***keduanya***
%%
__tebal__ dan _miring_
%%
nama_berkas_panjang.pdf dan foto_rapat_2.jpg
%%
se*kata*kan dan **te**bal
%%
2*3*4 = 24 dan 5 * 6 * 7
%%
**tebal** langsung**tebal**
%%
** bukan tebal **
%%
*miring **tebal di dalam** miring*
%%
**tebal *miring di dalam* tebal**
%%
**tebal:** teks dan **"kutip"**, (**kurung**).
%%
*tidak ditutup
%%
**tidak ditutup
%%
_a_b_ dan __a__b
%%
Rp 1.000.000,- dan 100% serta 5 < 6 > 4 & "kutip"
%%
`kode` dan ``kode ` dalam``
%%
`tidak ditutup
%%
`` ` ``
%%
`<b>` dan `&amp;`
%%
` spasi ` dan `  `
%%
`**bukan tebal**`
%%
```
kode
  indentasi

baris kosong
```
%%
```python
x = 1
```
%%
~~~
tilde
~~~
%%
``` js title="a.js" hl_lines="1"
x
```
%%
````
```
dalam
```
````
%%
```
tidak ditutup
%%
   ```
   menjorok
   ```
%%
Teks
```
kode
```
teks
%%
    kode menjorok
    dua baris

    setelah kosong
%%
Paragraf
    bukan kode
%%
```mermaid
graph TD; A-->B
```
%%
[SK](sk.pdf)
%%
[SK](sk.pdf "Judul")
%%
[SK](<sk tim.pdf>)
%%
[SK](sk%20tim.pdf)
%%
[SK](sk_(final).pdf)
%%
[SK]( sk.pdf )
%%
[SK **tebal** `kode`](sk.pdf)
%%
[SK]

[SK]: sk.pdf
%%
[Surat][sk] dan [surat lain][SK] dan [sk][]

[sk]: sk.pdf "Judul"
%%
[tanpa definisi] dan [a][b]
%%
[x](
%%
[x] (sk.pdf)
%%
[a](b) [c](d) [e](f)
%%
[![foto](foto.jpg)](foto-besar.jpg)
%%
![foto](foto.jpg)
%%
![foto kegiatan](foto.jpg "Rapat")
%%
![foto **tebal**](foto.jpg)
%%
!bukan [gambar](x.jpg)
%%
[kurung [dalam] kurung](x.pdf)
%%
[ ] bukan tugas
%%
larik[0] dan larik[i][j]
%%
<https://kemenag.go.id>
%%
<zi@kemenag.go.id>
%%
https://kemenag.go.id
%%
Lihat https://kemenag.go.id/berita.
%%
Lihat https://kemenag.go.id/berita, lalu www.kemenag.go.id; selesai.
%%
(https://kemenag.go.id/berita)
%%
(lihat https://id.wikipedia.org/wiki/A_(B))
%%
"https://kemenag.go.id"
%%
https://kemenag.go.id/a?b=1&c=2#d
%%
https://kemenag.go.id/a_b_c dan *https://kemenag.go.id*
%%
www.kemenag.go.id/zi!
%%
www.kemenag.go.id?
%%
http://localhost:8000/a
%%
surel zi@kemenag.go.id.
%%
surel zi.wbk-2023@bdk.kemenag.go.id, ya
%%
bukan@surel dan @nama
%%
Alamat:https://kemenag.go.id
%%
**https://kemenag.go.id**
%%
https://kemenag.go.id/berita~~lama~~
%%
https://drive.google.com/file/d/1a2b_3-c/view?usp=sharing
%%
- https://kemenag.go.id
- www.kemenag.go.id
%%
| alamat |
|---|
| https://kemenag.go.id |
%%
[teks https://a.go.id](https://b.go.id)
%%
`https://kemenag.go.id`
%%
baris satu  
baris dua
%%
baris satu\
baris dua
%%
baris satu
baris dua
%%
baris satu<br>baris dua
%%
baris akhir  
%%
\*bukan miring\* dan \# bukan judul
%%
1\. bukan daftar
%%
\- bukan daftar
%%
C:\Users\Budi\sk.pdf
%%
\[bukan tautan\](x)
%%
&copy; &amp; &lt;b&gt; &nbsp;x
%%
&bukanentitas; &#169; &#xA9;
%%
A & B
%%
<b>tebal</b> dan <i>miring</i>
%%
<details>
<summary>Rincian</summary>

- butir **tebal**
- butir

</details>
%%
<details><summary>Rincian</summary>

| a | b |
|---|---|
| 1 | 2 |

</details>
%%
<details>
<summary>Rincian</summary>
**tetap mentah**
</details>
%%
<div>

*miring*

</div>
%%
<div>
*mentah*
</div>
%%
<p>paragraf <b>html</b></p>
teks mentah
%%
Teks <sub>bawah</sub> dan <sup>atas</sup>
%%
H<sub>2</sub>O dan x<sup>2</sup>
%%
<table><tr><td>a</td></tr></table>
%%
<!-- catatan dalam -->

Teks
%%
Teks <!-- rahasia --> akhir.
%%
<!--
banyak baris

- x
-->

Selesai.
%%
a<b; jumlah < 5 hari dan > 3
%%
Nilai <75 dan >60
%%
"kutip" 'tunggal' -- dan ... –
%%
Nama: ________ Tanggal: ________
%%
Nama: ______________
%%
....................
%%
Paragraf satu


Paragraf dua
%%
   menjorok tiga
   juga
%%
Satu
 dua
  tiga
%%
- butir satu

Paragraf

- butir dua
%%
1. satu

Paragraf

2. dua
%%
- a

  1. b

     c
- d
%%
- Kegiatan:
  1. Rapat
     - Undangan
     - Notulen
  2. Sosialisasi
- Hasil
%%
* Kegiatan
    * Anak
        * Cucu
            * Cicit
%%
1. Kegiatan
   a. anak huruf
   b. anak huruf
%%
- **Judul:** isi
  lanjutan
- **Judul dua:** isi
%%
- butir dengan `kode` dan [tautan](x.pdf)
  ![foto](y.jpg)
%%
Hasil rapat sebagai berikut :
1. Menyepakati jadwal;
2. Menunjuk ketua;
   dan sekretaris.

Demikian.
%%
Peserta
1) Kepala Balai
2) Kasubbag TU
   a) staf
%%
- [x] ~~selesai~~ dan **tebal**
%%
> **Catatan:** penting
>
> - satu
> - dua

Lanjut.
%%
### Peserta
| No | Nama |
|---|---|
| 1 | Ani |
### Hasil
- baik
%%
Ketua,


Nama Ketua  
NIP 19700101
%%
**A. Pendahuluan**
1. Latar belakang
2. Tujuan

**B. Penutup**
%%
I. Pendahuluan
II. Isi
%%
(1) satu
(2) dua
%%
Pukul 09.00 - 10.00
- Pembukaan
%%
Senin, 16/01/2023 : rapat
* hadir : 12
* izin : 2
%%
_Sumber: hasil rapat_
%%
*)catatan bintang
%%
**)catatan
%%
Ya/Tidak* dan N/A**
%%
5 x 3 = 15; 2^3 = 8; ~10 orang
%%
~10 orang dan ~20 orang
%%
@Kepala #ZonaIntegritas
%%
Lampiran: [1](a.pdf), [2](b.pdf) & [3](c.pdf)
%%
![](foto.jpg)
%%
[](x.pdf)
%%
- satu
	lanjutan bertab
%%
	kode bertab
%%
1.	satu bertab
2.	dua bertab
%%
-	satu bertab
	-	anak
%%
> 	kode dalam kutipan?
%%
Teks dengan	tab di tengah
%%
* a
  * b

  c
%%
1. a
2. b
5. c
%%
0. nol
1. satu
%%
1234567890. bukan daftar
%%
- a
- b
1. c
2. d
%%
- a
  ```
  x

  y
  ```
- b
%%
- a
- ## judul dalam butir
%%
- > kutipan
  lanjut
%%
Ini*itu* dan itu_ini_
%%
"**tebal**" dan '*miring*'
%%
**Ketua:**Budi
%%
**Ketua**: Budi
%%
*a**b*
%%
**a*b**
%%
***a** b*
%%
***a* b**
%%
~~a **b** c~~
%%
~~a
b~~
%%
**a
b**
%%
**a

b**
""".split("\n%%\n")
)

class _Tree(HTMLParser):
    """Tags with their addresses, and words, without blanks that nobody sees."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[list[str]] = []
        self.pre = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and ("class", "table") in attrs:
            return
        self.pre += tag == "pre"
        tag = re.sub(r"^h[1-6]$", "h", tag)
        kept = [f"{name}={unquote(value or '')}" for name, value in sorted(attrs) if name in KEPT]
        self.parts.append(["<", tag, *kept])

    def handle_endtag(self, tag: str) -> None:
        self.pre -= tag == "pre"
        if tag not in {"br", "hr", "img"}:
            self.parts.append([">", re.sub(r"^h[1-6]$", "h", tag)])

    def handle_data(self, data: str) -> None:
        words = data.rstrip("\n") if self.pre else re.sub(r"\s+", " ", data)
        if self.parts and self.parts[-1][0] == "words":
            self.parts[-1][1] += words
        else:
            self.parts.append(["words", words])


KEPT = {"href", "src", "alt", "title", "start"}
BLOCKS = set("p ul ol li table thead tbody tr td th blockquote pre h hr br details summary div".split())


def structure(html: str) -> list[list[str]]:
    """Return what a page shows: blanks at the edges of blocks are not seen."""
    html = html.replace('<div class="table" tabindex="0"><table>', "<table>").replace("</table></div>", "</table>")
    parts = _Tree(html).parts
    seen: list[list[str]] = []
    for number, part in enumerate(parts):
        if part[0] == "words" and not (number and parts[number - 1][:2] == ["<", "code"]):
            before = parts[number - 1][1] if number else "p"
            after = parts[number + 1][1] if number + 1 < len(parts) else "p"
            words = part[1].lstrip() if before in BLOCKS else part[1]
            part = ["words", words.rstrip() if after in BLOCKS else words]
        if part != ["words", ""]:
            seen.append(part)
    return seen


def of_github(text: str) -> list[list[str]]:
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    html = re.sub(r"<input[^>]*checked[^>]*> ", "☑ ", html)
    html = re.sub(r"<input[^>]*> ", "☐ ", html)
    html = re.sub(r"(</?)h1\b", r"\1h2", html)
    return structure(markup._sanitise(html, "").html(lambda link: link.target))


def ours(text: str) -> list[list[str]]:
    return structure(markup.render(text).html(lambda link: link.target))


def test_there_are_many_texts_of_many_kinds() -> None:
    assert len(set(TEXTS)) >= 200


def test_texts_of_offices_have_the_structure_that_github_gives_them() -> None:
    assert [text for text in TEXTS if ours(text) != of_github(text)] == []
