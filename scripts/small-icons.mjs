// Monaco's icon font with only the icons that a manifest editor shows: a tenth of its size. The others stay in it as empty glyphs,
// so that nothing else in the font has to change. Format: https://learn.microsoft.com/typography/opentype/spec/otff
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const monaco = fileURLToPath(new URL('../node_modules/monaco-editor/esm/vs/base/', import.meta.url));

/** Names in Monaco's own library of icons. */
const kept =
  /^(?:symbol-.*|arrow-(?:up|down|left|right)|chevron-(?:up|down|left|right)|triangle-(?:up|down|left|right)|add|blank|case-sensitive|check|circle-filled|close|copy|dash|error|fold|gear|info|lightbulb|light-bulb|lightbulb-autofix|list-filter|list-selection|loading|more|preserve-case|regex|remove|replace|replace-all|search|selection|sync|unfold|warning|whole-word|wrench)$/;

/** Writes the small font to `file`. */
export function writeSmallIcons(file) {
  const library = readFileSync(`${monaco}common/codiconsLibrary.js`, 'utf8');
  const points = [...library.matchAll(/register\('([a-z0-9-]+)', (0x[0-9a-f]+)\)/g)]
    .filter(([, name]) => kept.test(name))
    .map(([, , point]) => Number(point));
  if (points.length < 50) throw new Error('the icons of the editor are not where they were');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, emptied(readFileSync(`${monaco}browser/ui/codicons/codicon/codicon.ttf`), points));
}

/** A TrueType font in which only the glyphs of some characters are drawn. */
function emptied(font, points) {
  const tables = readTables(font);
  const glyphs = glyphsOf(tables.get('cmap'), points);
  const long = tables.get('head').readInt16BE(50) === 1;
  const loca = tables.get('loca');
  const count = tables.get('maxp').readUInt16BE(4);
  const at = (i) => (long ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2);
  const glyf = tables.get('glyf');
  const parts = [];
  const places = Buffer.alloc((count + 1) * 4);
  let length = 0;
  for (let i = 0; i < count; i++) {
    places.writeUInt32BE(length, i * 4);
    if (i > 0 && !glyphs.has(i)) continue;
    const glyph = glyf.subarray(at(i), at(i + 1));
    // A glyph made of others would need those as well; the icons are all drawn by themselves.
    if (glyph.length > 0 && glyph.readInt16BE(0) < 0) throw new Error(`icon ${i} is made of others`);
    parts.push(glyph, Buffer.alloc((4 - (glyph.length % 4)) % 4));
    length += Math.ceil(glyph.length / 4) * 4;
  }
  places.writeUInt32BE(length, count * 4);
  const head = Buffer.from(tables.get('head'));
  head.writeInt16BE(1, 50);
  // Version 3: no names of glyphs.
  const post = Buffer.from(tables.get('post').subarray(0, 32));
  post.writeUInt32BE(0x00030000, 0);
  tables.set('head', head).set('post', post).set('glyf', Buffer.concat(parts)).set('loca', places).delete('GSUB');
  return written(font.subarray(0, 4), tables);
}

function readTables(font) {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const row = font.subarray(12 + i * 16, 28 + i * 16);
    const start = row.readUInt32BE(8);
    tables.set(row.toString('latin1', 0, 4), font.subarray(start, start + row.readUInt32BE(12)));
  }
  return tables;
}

/** Numbers of the glyphs of characters, by the first table of format 4. */
function glyphsOf(cmap, points) {
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    if (table.readUInt16BE(0) === 4) return new Set(points.map((point) => glyphOf(table, point)));
  }
  throw new Error('the icon font has no table of characters that can be read');
}

function glyphOf(table, point) {
  const doubled = table.readUInt16BE(6);
  for (let i = 0; i < doubled; i += 2) {
    const [end, start, delta, offset] = [14, 16 + doubled, 16 + 2 * doubled, 16 + 3 * doubled].map((at) => at + i);
    if (point > table.readUInt16BE(end) || point < table.readUInt16BE(start)) continue;
    const range = table.readUInt16BE(offset);
    if (range === 0) return (point + table.readUInt16BE(delta)) & 0xffff;
    return table.readUInt16BE(offset + range + 2 * (point - table.readUInt16BE(start)));
  }
  return 0;
}

function written(version, tables) {
  const names = [...tables.keys()].sort();
  const rows = Buffer.alloc(12 + names.length * 16);
  version.copy(rows);
  rows.writeUInt16BE(names.length, 4);
  const power = 2 ** Math.floor(Math.log2(names.length));
  rows.writeUInt16BE(power * 16, 6);
  rows.writeUInt16BE(Math.log2(power), 8);
  rows.writeUInt16BE((names.length - power) * 16, 10);
  const parts = [rows];
  let start = rows.length;
  names.forEach((name, i) => {
    const table = tables.get(name);
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    rows.write(name, 12 + i * 16, 'latin1');
    rows.writeUInt32BE(sum(padded), 16 + i * 16);
    rows.writeUInt32BE(start, 20 + i * 16);
    rows.writeUInt32BE(table.length, 24 + i * 16);
    parts.push(padded);
    start += padded.length;
  });
  return Buffer.concat(parts);
}

function sum(table) {
  let total = 0;
  for (let at = 0; at < table.length; at += 4) total = (total + table.readUInt32BE(at)) >>> 0;
  return total;
}
