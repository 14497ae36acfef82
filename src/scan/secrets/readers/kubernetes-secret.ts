/**
 * A Kubernetes Secret in YAML or JSON, alone or in a list: the values under `data` (base64) and `stringData`. Templates,
 * certificates and what merely names a user or a host are left out.
 */

import { isUtf8 } from "node:buffer";
import { nameKind, nameWords } from "../assignments/name-words.ts";
import { noBareSecretReason, noSecretReason } from "../judgement/value-refusals.ts";
import { surely } from "../paths/path-facts.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import {
  beginsLine,
  type Candidate,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  nextLine,
  type Proposal,
  refusedAtSight,
  type View,
} from "../text/view.ts";

const reach = 48_000;
const longestLine = 16_000;
const longestBlock = 200;
/** Blanks, and the dash of a list, before a key. */
const longestIndent = 160;

/** Files that hold settings or certificates; a secret in their text has a rule of its own. */
const plainFiles = /\.(crt|cer|conf|cnf|ya?ml|json|properties|xml|sh)$/i;

/** Last words of keys whose values are no secrets by themselves: `DB_HOST`, `renovate-platform`. */
const plainWords = new Set(
  (
    "user username login host hostname port db dbname database namespace region mail email name id endpoint bucket type ca " +
    "cert certificate url uri platform author driver dialect mode level enabled locale timezone project org " +
    "organization owner repository branch version timeout provider engine protocol scheme path dir directory"
  ).split(" "),
);

/** True if the key says that it holds a setting. */
function isPlain(key: string): boolean {
  return plainFiles.test(key) || plainWords.has(nameWords(key).at(-1) ?? "");
}

/** `password: v` within a text: the name says secret, and the value can be one. */
const assigned =
  /(?:pass\w{0,12}|pwd|secret\w{0,8}|token|credentials?|(?:api|access|auth|private|account)[_-]?key)["']?\s{0,8}[:=]\s{0,8}["']?([^\s"']{4,200})/gi;

/** Text that no key declares a secret and that reads as settings: one word, or lines of which none assigns a secret. */
function isSetting(key: string, text: string): boolean {
  if (nameKind(nameWords(key)) !== undefined) return false;
  if (/^\p{L}+$/u.test(text)) return readsAsWords(text.normalize("NFD").replace(/\p{M}/gu, ""));
  if (!/\S\s+\S/.test(text)) return false;
  return [...text.matchAll(assigned)].every(
    ([, value = ""]) => noBareSecretReason(value) !== undefined || readsAsWords(value),
  );
}

/** `any-personal-token-for-the-registry`: words that say what belongs there. */
function saysWhatBelongs(text: string): boolean {
  return (
    /^[a-z]+([-_ ][a-z]+){2,}$/i.test(text) &&
    /(^|[-_ ])(tokens?|secrets?|passwords?|passwd|passphrase|keys?|credentials?)([-_ ]|$)/i.test(text) &&
    readsAsWords(text)
  );
}

export function readKubernetesSecret(view: View, hit: Hit): Proposal {
  if (surely(view.facts, "data")) return refusedAtSight;
  return view.bytes[hit.start] === 0x22 ? jsonSecret(view, hit) : yamlSecret(view, hit);
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where its first key begins, behind `- `; -1 for blank lines, comments, and what only a template reads. */
  readonly column: number;
}

function lineAt(view: View, start: number): Line {
  const end = lineEnd(view, start, longestLine);
  const text = latinText(view.bytes, start, end);
  const column = /^[ ]*(?:- +)?/.exec(text)?.[0].length ?? 0;
  return { start, end, text, column: /^\s*(?:#|(?:\{\{[^}]*\}\}\s*)*$)/.test(text) ? -1 : column };
}

function isKind({ text, column }: Line): boolean {
  return /^kind:[ \t]*(["']?)secret\1[ \t]*(#.*)?$/i.test(text.slice(column));
}

function yamlSecret(view: View, hit: Hit): Proposal {
  // Before the line is read, which may be long: the hit is its first key.
  const start = lineStart(view, hit.start, longestIndent);
  if (!beginsLine(view, start) || !/^ *(?:- +)?$/.test(view.bytes.toString("latin1", start, hit.start)))
    return refusedAtSight;
  const kind = lineAt(view, start);
  if (!isKind(kind)) return refusedAtSight;
  const lines = documentOf(view, kind);
  const candidates: Candidate[] = [];
  let section = "";
  lines.forEach((line, index) => {
    if (line.column === kind.column) {
      const [, opened = "", inBraces] =
        /^(data|stringData):\s*(?:\{([^{}]*)\}\s*)?(?:#.*)?$/.exec(line.text.slice(line.column)) ?? [];
      section = inBraces === undefined ? opened : "";
      if (inBraces !== undefined) candidates.push(...entriesIn(view, opened, inBraces, placeOf(line, inBraces)));
    } else if (section !== "" && line.column > kind.column) {
      const candidate = entryOf(view, section, line, lines.slice(index + 1, index + 1 + longestBlock));
      if (candidate !== undefined) candidates.push(candidate);
    }
  });
  const to = lines.at(-1)?.end ?? hit.end;
  return { candidates, skipTo: to, cost: to - (lines[0] ?? kind).start };
}

function placeOf({ start, text }: Line, part: string): number {
  return start + text.indexOf(`{${part}}`) + 1;
}

/** The lines of the document, or of the item of a list, that the `kind` belongs to; a second one there has its own. */
function documentOf(view: View, kind: Line): readonly Line[] {
  const outside = (line: Line) =>
    (line.column >= 0 && line.column < kind.column) ||
    /^(---|\.\.\.)/.test(line.text) ||
    (line.column === kind.column && isKind(line));
  const before: Line[] = [];
  let first = kind;
  while (first.start > 0 && kind.start - first.start < reach && !first.text.trimStart().startsWith("- ")) {
    const line = lineAt(view, lineStart(view, first.start - 1, longestLine));
    if (outside(line)) break;
    before.push(line);
    first = line;
  }
  const lines = [...before.toReversed(), kind];
  let last = kind;
  while (last.end + 1 < view.bytes.length && last.end - kind.end < reach) {
    const line = lineAt(view, nextLine(view, last.end, kind.end + reach));
    if (outside(line) || (line.column === kind.column && line.text.trimStart().startsWith("- "))) break;
    lines.push(line);
    last = line;
  }
  return lines;
}

function entryOf(view: View, section: string, line: Line, next: readonly Line[]): Candidate | undefined {
  const entry =
    /^(\s+(["']?)([\w.-]+)\2:[ \t]+)(?:(["'])([^"']+)\4|([^\s"'#|>&*!{[][^\s#]*)|([|>][+-]?))[ \t]*(?:#.*)?$/.exec(
      line.text,
    );
  if (entry === null) return undefined;
  const [, head = "", , key = "", quote = "", quoted, bare, block] = entry;
  const start = line.start + head.length + quote.length;
  if (block === undefined) {
    const end = start + (quoted ?? bare ?? "").length;
    return secretOf(section, key, view.bytes.subarray(start, end), start);
  }
  if (section !== "data") return undefined;
  const deeper = next.findIndex(({ column }) => column >= 0 && column <= line.column);
  const body = next.slice(0, deeper < 0 ? undefined : deeper).filter(({ column }) => column >= 0);
  const from = body[0];
  const to = body.at(-1);
  if (from === undefined || to === undefined) return undefined;
  const encoded = Buffer.from(body.map(({ text }) => text.trim()).join(""), "latin1");
  const candidate = secretOf(section, key, encoded, from.start + from.column);
  return candidate === undefined ? undefined : { ...candidate, end: to.end };
}

/** What stands between braces: `"key": "v", other: w`. */
function entriesIn({ bytes }: View, section: string, text: string, from: number): readonly Candidate[] {
  const entry =
    /(?:(?<quote>["'])(?<named>[\w.-]{1,100})\k<quote>\s{0,20}:\s{0,20}|(?<![\w.-])(?<name>[\w.-]{1,100}):\s{1,20})(?:(?<open>["'])(?<quoted>[^"'\\]+)\k<open>|(?<bare>[^\s"',{}[\]]+))/dg;
  return [...text.matchAll(entry)].flatMap(({ groups, indices }) => {
    const place = indices?.groups?.quoted ?? indices?.groups?.bare;
    if (place === undefined) return [];
    const value = bytes.subarray(from + place[0], from + place[1]);
    return secretOf(section, groups?.named ?? groups?.name ?? "", value, from + place[0]) ?? [];
  });
}

/** Text as the file or base64 holds it; undefined for other bytes. */
function textOf(bytes: Buffer): string | undefined {
  const text = isUtf8(bytes) ? bytes.toString("utf8") : "";
  return /^(?:[^\p{C}]|[\t\r\n])+$/u.test(text) ? text : undefined;
}

function secretOf(section: string, key: string, value: Buffer, start: number): Candidate | undefined {
  if (isPlain(key)) return undefined;
  const isEncoded = section === "data";
  const written = value.toString("latin1");
  if (isEncoded && (value.length < 8 || value.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(written)))
    return undefined;
  const decoded = isEncoded ? Buffer.from(written, "base64") : value;
  const text = textOf(decoded);
  if (decoded.length < (text === undefined ? 16 : 5)) return undefined;
  if (noSecretReason(text?.trim() ?? written) !== undefined) return undefined;
  if (text !== undefined && isNone(key, text)) return undefined;
  return {
    start,
    end: start + value.length,
    normalised: text ?? decoded.toString("latin1"),
    proven: true,
    signals: [isEncoded ? `decodes to ${text === undefined ? "bytes" : "text"}` : "literal in stringData"],
  };
}

/** Certificates, settings, and addresses: those have a rule of their own, which knows stand-ins (`postgres://user:pass@db/shop`). */
function isNone(key: string, text: string): boolean {
  const trimmed = text.trim();
  return (
    /^-----BEGIN (?!.*PRIVATE)/.test(text) ||
    isSetting(key, trimmed) ||
    saysWhatBelongs(trimmed) ||
    /^[a-z][a-z\d+.-]*:\/\//i.test(text)
  );
}

/** `"kind": "Secret"` in an object, whose braces are counted from there. */
function jsonSecret(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const open = brace(bytes, hit.start - 1, -1, longestLine);
  const close = open === undefined ? undefined : brace(bytes, hit.end, 1, reach);
  if (open === undefined || close === undefined)
    return { candidates: [], cost: open === undefined ? longestLine : reach };
  const text = latinText(bytes, open, close);
  const candidates: Candidate[] = [];
  for (const found of text.matchAll(/"(data|stringData)"\s{0,20}:\s{0,20}\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}/g)) {
    const [whole, section = "", entries = ""] = found;
    candidates.push(...entriesIn(view, section, entries, open + found.index + whole.length - 1 - entries.length));
  }
  return { candidates, skipTo: close, cost: close - open };
}

/** The brace that is not answered by another, walking in one direction; those in texts do not count. */
function brace(bytes: Buffer, from: number, step: 1 | -1, limit: number): number | undefined {
  let depth = 0;
  let isInText = false;
  for (let at = from; at >= 0 && at < bytes.length && Math.abs(at - from) < limit; at += step) {
    const byte = bytes[at];
    if (byte === 0x22 && !isEscaped(bytes, at)) isInText = !isInText;
    else if (isInText) continue;
    else if (byte === 0x7b) depth += step;
    else if (byte === 0x7d) depth -= step;
    if (depth < 0) return at;
  }
  return undefined;
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let first = at;
  while (bytes[first - 1] === 0x5c) first--;
  return (at - first) % 2 === 1;
}
