"""What each code means, and why it matters to who assesses, in English."""

from __future__ import annotations

EXPLAINED: dict[str, tuple[str, str]] = {
    "settings-invalid": (
        (
            "Something in portfolio.yaml cannot be read, or names what is not there. The settings say which unit, "
            "instrument, period and predicate all the rest is measured by."
        ),
        "With wrong settings every figure would be measured by the wrong yardstick, so none is computed.",
    ),
    "instrument-invalid": (
        (
            "The worksheet (a file of instruments/, or the name given in portfolio.yaml) is not there or contradicts "
            "itself: weights that do not add up, a scale without values, an item twice."
        ),
        "Assessors compare with the official worksheet. A slip in it changes every score.",
    ),
    "encoding-invalid": (
        "The file was not saved as UTF-8, or is no text at all. Old editors and some programs save in other encodings.",
        "Names and quotations of the record would appear as wrong letters, or the record not at all.",
    ),
    "source-too-large": (
        "A text is larger than 4 MiB. Texts tell in short what was done; what is long is a document.",
        "Nobody reads a record of a thousand pages; a document beside it can be opened at the page that counts.",
    ),
    "text-unreadable": (
        "Quotations or lists lie within each other so deeply, or the text is so long, that it cannot be shown.",
        "The text would be missing from the record's page.",
    ),
    "folder-misnamed": (
        (
            "Texts or documents lie in a folder that Catat does not read, though its name shows what was meant. "
            "The folders are called records, assessment, findings, pages and evidence."
        ),
        "Nothing in such a folder is in the portfolio: work that was done would count for nothing, and nobody would see it.",
    ),
    "text-misnamed": (
        (
            "A file that was meant for a record's text has another name than index.md or <id>.md, is a document of Word, "
            "or a copy that OneDrive or Explorer made beside it; or a folder's defaults are not called _defaults.yaml; or "
            "a file of answers, a finding or a page does not end in .md."
        ),
        "The text would be missing from the portfolio, stand in it twice, or have another address than findings refer to.",
    ),
    "text-misplaced": (
        (
            "A text lies in a folder of another kind of text, told by its keys, or beside portfolio.yaml where none is "
            "read; or a folder's defaults lie where no records are."
        ),
        "The record, answer or finding would not count for anything.",
    ),
    "record-misplaced": (
        "A record, or a folder with one, lies where nothing is read: next to portfolio.yaml, in another folder, in a hidden folder or behind a link.",
        "The activity is neither counted nor published although it was done.",
    ),
    "front-matter-missing": (
        "A text does not begin with its front matter: the keys between two lines of three hyphens.",
        "Without it nobody knows the day, the items and the evidence of what was done.",
    ),
    "front-matter-syntax": (
        (
            "A line of the front matter cannot be read: a colon without quotes, a tab, spaces that are off by one. "
            "Each line is `key: value`; what belongs to a list begins with `- `."
        ),
        "Nothing of the record counts until the line is mended, for a guess could name the wrong item or day.",
    ),
    "value-joined": (
        "Commas stand in a value where a list belongs. Without brackets all of it is one person, or one tag.",
        "Nobody finds their own records on the page of a person who is two.",
    ),
    "value-cut": (
        "In the head of a record, what follows a space and a hash is taken for a remark and not read.",
        "A title or name that is cut off is hard to match with its document, though nothing looks wrong.",
    ),
    "value-placeholder": (
        "A value still only marks its place, such as those that `catat init` writes.",
        "An assessor reads `Name of the work unit` as the name of your unit.",
    ),
    "key-duplicate": (
        "One key is written twice in the same place, perhaps once in each language. Only one could be used.",
        "Half of what was written would be lost without anybody noticing.",
    ),
    "key-unknown": (
        "A key that Catat does not know, mostly a misspelt one. What it says would be passed over.",
        "A misspelt `items` or `evidence` would take the record's support away from its items.",
    ),
    "field-missing": (
        "A key that has to be there is not, or has no value. A record needs a title and a date.",
        "Assessors ask first what was done and when.",
    ),
    "field-invalid": (
        "A value is not of the form that its key asks for: another word, a list instead of one value, no number.",
        "A value that is guessed might publish what is restricted, or count what is a draft.",
    ),
    "date-invalid": (
        "A date is not written as year-month-day, or there is no such day. 03/04/2023 is April to some and March to others.",
        "The date decides whether a document falls into the period that is assessed.",
    ),
    "evidence-guessed-date": (
        "Nothing says on which day it was. The record is a draft without a date, which is left to fill in.",
        "The date decides whether a document falls into the period that is assessed; a guessed one would count falsely.",
    ),
    "date-mismatch": (
        "Two places name different days: the date and the record's own name, or a date and its weekday.",
        "One of them is a slip, and a wrong year moves a document out of the period, or into it.",
    ),
    "date-unlikely": (
        "The year lies before 1900, as of 0205 for 2025.",
        "With such a date a document does not fall into the period that is assessed.",
    ),
    "date-in-future": (
        "A date lies after the day that is computed for. A document counts from its own date on.",
        "Evidence of what has not happened yet convinces nobody.",
    ),
    "area-unknown": (
        (
            "It cannot be told which of the areas a record belongs to. The folder's name begins with the area's number, "
            "or the record has the key `area`."
        ),
        "Assessors go through the portfolio area by area.",
    ),
    "area-unrelated": (
        "All items of a record belong to another area than the folder that it lies in.",
        "An assessor looks for the activity in the area of its items and does not find it there.",
    ),
    "area-mismatch": (
        "The record names another area than the folder it lies in.",
        "It would be looked for in one area and found in another.",
    ),
    "item-unknown": (
        "There is no item of this code on the worksheet. Codes are written as there, capitals and dots included.",
        "A wrong code supports no item, or the wrong one.",
    ),
    "type-unknown": (
        "The instrument has no document type of this name.",
        "Items ask for documents by type: one of an unknown type fulfils none of them.",
    ),
    "record-duplicate": (
        "Two records have the same id. The id is the file's or folder's name and becomes the address of the page.",
        "Findings refer to records by their id, and one page would take the place of the other.",
    ),
    "record-without-items": (
        "A record names no item that it supports. It is shown and counts for nothing.",
        "What was done remains without effect on the readiness.",
    ),
    "record-without-evidence": (
        "A record has no document. What is only told is no proof.",
        "An assessor accepts what can be shown: a decree, minutes, an attendance list, a photograph.",
    ),
    "answer-invalid": (
        "The answer is none of the choices of the item's scale, or not of its form.",
        "An answer that cannot be read counts nothing, so that no figure is raised by a slip.",
    ),
    "answer-duplicate": (
        "An item is answered in two places. Which answer holds cannot be known, so none does.",
        "Two answers to one question raise doubts about all the others.",
    ),
    "answer-unsupported": (
        (
            "The unit claims something for an item, and no accepted document supports it. The answer is shown as claimed, "
            "not as supported."
        ),
        "This is the first thing assessors look for: a claim without proof is set to zero.",
    ),
    "ratio-over": (
        "More was counted than there is in all, such as 20 of 17. The share is cut to 1, as the regulation has it.",
        "Swapped counts give the full value to an item that does not deserve it.",
    ),
    "note-repeats": (
        "The note of an answer has no word that the item and its criteria do not have.",
        "Assessors read notes to learn what was done; a repetition tells them nothing.",
    ),
    "ratio-empty": (
        "A share of none out of none counts as fulfilled, for there was nothing to do.",
        "An assessor will ask whether there really was nothing to count.",
    ),
    "finding-target-unknown": (
        "A finding speaks of a record or document that the portfolio does not have under this name.",
        "A rejected document would go on counting.",
    ),
    "evidence-missing": (
        (
            "A record names a file that is not there under exactly this name. Capitals, spaces and endings make a difference, "
            "also where Windows hides them."
        ),
        "The assessor clicks and finds nothing.",
    ),
    "evidence-outside": (
        "A record names a file outside the portfolio: on one computer, on a server, above the folder.",
        "Nobody else can open it, and it is not in the copy that the assessors get.",
    ),
    "evidence-empty": (
        "A file holds nothing, mostly because copying or downloading was cut short.",
        "It opens as an error, and proves nothing.",
    ),
    "evidence-damaged": (
        "A file does not open: it was cut short, or is damaged, or may not be read.",
        "What does not open here does not open for the assessor either.",
    ),
    "evidence-mismatch": (
        "A file's content is not what its ending says, such as a picture that was renamed to .pdf.",
        "Programs refuse to open it, and it looks as if something were to be hidden.",
    ),
    "evidence-placeholder": (
        (
            "A file only stands for a document: a shortcut, a pointer to Google Drive, half a download, the mark that Office "
            "sets beside an open document, or the text of the portfolio itself."
        ),
        "The document itself would be missing from the portfolio, though everything looks complete on your own computer.",
    ),
    "evidence-encrypted": (
        "A file asks for a password before it opens.",
        "The assessor does not have the password; the document does not count.",
    ),
    "evidence-unexamined": (
        "A file takes more time or memory to open than any document of an office, or breaks the program that opens it.",
        "Whether it opens for the assessor is not known; the document does not count.",
    ),
    "preview-failed": (
        "The first page or the text of a document could not be made within the limits of time and memory.",
        "The document is published and counts, but without a picture, and the search does not know its words.",
    ),
    "evidence-active": (
        (
            "A browser or a web server could run this file instead of showing it: SVG, HTML and whatever else begins with "
            "`<`, scripts, or a server's settings such as `.htaccess`. It is published in a zip."
        ),
        "An assessor has to unpack it first; a PDF opens in place.",
    ),
    "evidence-blank": (
        (
            "A file opens, but nothing is to be seen: a PDF of empty pages, a picture of one colour, a document without a "
            "word, an archive without files. It counts all the same."
        ),
        "The assessor finds no proof in it; often it is a scan of the wrong side of the paper.",
    ),
    "evidence-location": (
        "A photograph holds the position at which it was taken, as telephones write it, and is published with it.",
        "It may tell where somebody lives. Whoever downloads the photograph can read it.",
    ),
    "evidence-folder": (
        "An address leads to a shared folder. A folder is no document: what it holds can change every day.",
        "The assessor does not know which of its files is meant, and often may not open it.",
    ),
    "evidence-out-of-period": (
        (
            "The document's date lies outside the period of the assessment, so it does not count. "
            "A decree that is still in force has `valid_until`."
        ),
        "Only what was done or in force within the period is assessed.",
    ),
    "evidence-duplicate": (
        "Two documents are the same to the byte under different names. Mostly the wrong file was copied.",
        "One file shown as two proofs costs trust. One that supports several items is named once, with all of them.",
    ),
    "evidence-pages": (
        "The pages named for a document are not in it, or run backwards.",
        "An assessor who opens the document there finds nothing, and does not search long.",
    ),
    "evidence-untyped": (
        "It is not known of what type a document is: the record does not say, and its name tells none or several.",
        "Items ask for documents by type; one without a type fulfils hardly any.",
    ),
    "evidence-unreferenced": (
        "A file, or a folder of documents, is named by no record or other text, or lies where nothing is read. It is not published.",
        "Proof that nobody is led to counts for nothing.",
    ),
    "evidence-case-collision": (
        "Two files differ only by capitals. Windows takes both names for the same.",
        "On a copy one would replace the other, and the assessor see the wrong document.",
    ),
    "url-invalid": (
        (
            "An assessor cannot open the address: it has to begin with http:// or https://, hold no spaces, be filled in "
            "whole, and must not exist only on one computer or in the office network."
        ),
        "The assessor clicks and gets nowhere.",
    ),
    "url-ambiguous": (
        "The address does not show whether it opens a document or a folder, as with a short link. It counts as a document.",
        "If it is a folder, the assessor does not know which file is meant; and where a short link leads can change.",
    ),
    "url-unreachable": (
        "An address on the web did not answer when `check --links` tried it.",
        "Web pages vanish. What matters is better kept as a PDF beside the record.",
    ),
    "link-broken": (
        "A link or picture of a text leads to nothing in the portfolio, or has no address.",
        "A dead link in a record makes an assessor doubt the rest.",
    ),
    "link-missed": (
        (
            "What was meant for a link is none: its brackets are swapped or apart, nothing says where it leads, or a tag "
            "such as <video> stands in its place, which is not shown."
        ),
        "The document behind it is not published, and an assessor sees only words in brackets.",
    ),
    "text-dialect": (
        (
            "The text holds notation of another program (Obsidian, Pandoc, Hugo, git) that is not read here, or a footnote "
            "without its text. What is read is Markdown as GitHub has it."
        ),
        "The marks are shown as they were typed, and an assessor takes them for slips.",
    ),
    "image-remote": (
        "A picture of a text lies on another host. The portfolio loads nothing from elsewhere, so it is not shown.",
        "On an intranet or from a USB stick there would be a gap in its place.",
    ),
    "theme-invalid": (
        "A template of your own theme cannot be used: a mistake in it, or a link that leads nowhere.",
        "A page would be missing, or lead the assessor astray; no site is built.",
    ),
    "name-unportable": (
        (
            "The name of a file or folder is one that Windows does not have: con, prn, aux, nul, com1 and lpt1 with "
            'their kin, a name with < > : " | ? * or \\ in it, or one that ends with a dot or a space.'
        ),
        "Copied to a Windows server or a USB stick, the file is left out or another name is made of it, and its link breaks.",
    ),
    "path-too-long": (
        "A path has more than 200 characters. Windows allows 260, the folder included that a copy is put into.",
        "On some computers the file cannot be copied or opened, and nobody sees why.",
    ),
    "name-too-long": (
        "The site would have to give a file a name of more than 255 bytes, which no system can write.",
        "The site cannot be built until the name is shorter.",
    ),
    "page-duplicate": (
        "Two pages have one name, or names that differ only by capitals or by .md and .MD: they would have one address.",
        "One of them would take the other's place, and which one would be chance.",
    ),
    "history-unknown": (
        "The settings ask to show when each record was last changed, and git cannot tell.",
        "The day and author of the last change are missing from the pages; no figure depends on them.",
    ),
}
