// A review as a workbook (ECMA-376): answers in the columns of the official worksheet, one row for each item and count;
// the verdicts on documents; who assessed. `catat merge` reads all of a review back.
"use strict";
(function () {
  const WIDTHS = [[5, 12, 48, 10, 14, 16, 16, 32, 32, 32, 12, 26, 14, 12], [5, 14, 28, 40, 12, 24, 40, 68], [20, 70]];
  const KINDS = { ratio: "%", decrease: "%" };
  const HEAD = 1, TEXT = 2, NUMBER = 3;

  // The format cannot hold other control characters but in its own code, which a text of that form must not look like.
  function escaped(text) {
    return String(text).replace(/_x[0-9a-f]{4}_/gi, "_x005F$&")
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, sign => `_x${sign.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}_`)
      .replace(/\p{Cs}/gu, "\ufffd").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function columnName(number) {
    return String.fromCharCode(65 + number);
  }

  // Every text is text, also one that begins as a formula does; a figure is a number.
  // Columns are formatted as text, so that 3/4 or 20 % that is typed into one stays as it is typed.
  function cell(value, row, column, style) {
    const place = `r="${columnName(column)}${row}"`;
    if (value === "" || value === null || value === undefined) return "";
    if (typeof value === "number") return `<c ${place} s="${NUMBER}"><v>${value}</v></c>`;
    return `<c ${place} s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  }

  function sheet(rows, widths) {
    const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${TEXT}" customWidth="1"/>`);
    const lines = rows.map((row, at) => {
      const style = at ? TEXT : HEAD;
      return `<row r="${at + 1}">${row.map((value, column) => cell(value, at + 1, column, style)).join("")}</row>`;
    });
    return '<?xml version="1.0" encoding="UTF-8"?>\n'
      + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">'
      + '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
      + `<cols>${columns.join("")}</cols><sheetData>${lines.join("")}</sheetData>`
      + '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>';
  }

  // Rows

  function number(text) {
    const { n, d } = window.catatDesk.fractions.parse(text);
    return Number(n) / Number(d);
  }

  // What the column of choices says: the letters, %, or the mark that is the highest.
  function choice(item, words) {
    if (item.kind === "choices") return item.choices.map(each => each.answer).join("/");
    return item.kind === "linear" ? words.mark.replace("{most}", item.maximum) : KINDS[item.kind];
  }

  // A mark is a number where a program reads the same digits back from it.
  function marked(item, written) {
    return item.kind === "linear" && /^(0|[1-9]\d{0,2})(\.\d{0,3}[1-9])?$/.test(written) ? Number(written) : written;
  }

  function itemRows(item, entry, position, words) {
    const answer = entry.answer || "", counts = typeof answer === "object" ? answer.inputs : {};
    const written = typeof answer === "object" ? "" : answer, claimed = entry.item ? entry.claimed : item.claimed;
    const first = [
      position, item.id, item.label, number(item.weight), choice(item, words), claimed, marked(item, written), entry.note,
      entry.condition, entry.recommendation, inWords(words.states, entry.state), entry.decided, item.id, "",
    ];
    const keys = [...item.inputs, ...Object.keys(counts).filter(key => !item.inputs.some(each => each.key === key)).map(key => ({ key }))];
    const inputs = keys.map(({ key, label }) => ["", "", label, "", words.count, "", counts[key], "", "", "", "", "", item.id, key]);
    return [first, ...inputs];
  }

  // Items that the index does not have, as those of a loaded file, come last.
  function answerRows(review, index) {
    const entries = new Map(review.items.map(each => [each.item, each])), words = index.worksheet;
    const known = new Set(index.items.map(each => each.id)), unknown = review.items.filter(each => !known.has(each.item));
    const items = [...index.items, ...unknown.map(each => ({ id: each.item, label: "", weight: "0", kind: "", inputs: [] }))];
    const head = words.columns.map(each => each.replace("{level}", review.assessor.level));
    return [head, ...items.flatMap((item, at) => itemRows(item, entries.get(item.id) || {}, at + 1, words))];
  }

  // A free text is none of the words that the workbook has for texts of a list.
  function inWords(words, text) {
    return Object.keys(words).includes(text) ? words[text] : text;
  }

  function documentRows(review, { documents, verdicts, reasons }) {
    const several = review.items.flatMap(each => (each.evidence || []).map(one => [each.item, one]));
    return [documents, ...several.map(([item, one], at) => [
      at + 1, item, one.record, one.file, inWords(verdicts, one.verdict), inWords(reasons, one.reason), one.note, one.sha256,
    ])];
  }

  function factRows(review, index) {
    const { portfolio, assessor } = review;
    const facts = [
      assessor.name, assessor.level, assessor.assignment, review.exported, portfolio.unit, portfolio.instrument,
      portfolio.as_of, portfolio.id, portfolio.sums,
      review.items.reduce((sum, each) => sum + (each.evidence || []).length, 0), review.digest,
    ];
    return index.worksheet.facts.map((name, at) => [name, facts[at]]);
  }

  // The parts of the package

  const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const FIXED = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>`
      + `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${TYPES}.worksheet+xml"/>`
      + `<Override PartName="/xl/worksheets/sheet3.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets>`
      + '<sheet name="{0}" sheetId="1" r:id="rId1"/><sheet name="{1}" sheetId="2" r:id="rId2"/><sheet name="{2}" sheetId="3" r:id="rId3"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>`
      + `<Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${RELATIONS}/worksheet" Target="worksheets/sheet3.xml"/>`
      + `<Relationship Id="rId4" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="10"/><name val="Arial"/></font>'
      + '<font><b/><sz val="10"/><name val="Arial"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
      + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
      + '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
      + '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
      + '<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
      + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  };

  // ZIP without compression (APPNOTE 6.3): a local header before each file, and a directory of all at the end. The day
  // is 1 January 1980, so that the same review gives the same bytes.

  const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ crc >>> 1 : crc >>> 1;
    return crc;
  });

  function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = CRC[(crc ^ byte) & 0xff] ^ crc >>> 8;
    return (crc ^ 0xffffffff) >>> 0;
  }

  // Numbers of two or four bytes, the lowest first, given as [value, bytes].
  function numbers(...several) {
    return several.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** at) % 256));
  }

  const UTF8 = 0x800, VERSION = 20, FIRST_DAY = 0x21;

  function zipped(files) {
    const encoder = new TextEncoder(), parts = [], directory = [];
    let at = 0;
    for (const [name, text] of Object.entries(files)) {
      const path = encoder.encode(name), content = encoder.encode(text), size = content.length;
      const about = [[VERSION, 2], [UTF8, 2], [0, 2], [0, 2], [FIRST_DAY, 2], [crc32(content), 4], [size, 4], [size, 4], [path.length, 2], [0, 2]];
      const local = numbers([0x04034b50, 4], ...about);
      parts.push(local, path, content);
      directory.push(numbers([0x02014b50, 4], [VERSION, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), path);
      at += local.length + path.length + size;
    }
    const length = directory.reduce((sum, each) => sum + each.length, 0), count = Object.keys(files).length;
    const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [length, 4], [at, 4], [0, 2]);
    const whole = new Uint8Array(at + length + end.length);
    [...parts, ...directory, end].reduce((place, each) => { whole.set(each, place); return place + each.length; }, 0);
    return whole;
  }

  function workbook(review, index) {
    const words = index.worksheet, sheets = [answerRows(review, index), documentRows(review, words), factRows(review, index)];
    const named = text => DECLARATION + text.replace(/\{(\d)\}/g, (_, at) => words.sheets[at]);
    const fixed = Object.entries(FIXED).map(([name, text]) => [name, named(text)]);
    return zipped(Object.fromEntries([
      ...fixed, ...sheets.map((rows, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(rows, WIDTHS[at])]),
    ]));
  }

  window.catatDesk = Object.assign(window.catatDesk || {}, { workbook });
})();
