/**
 * What people may write in a YAML file, described once: a form reads a node, and says as JSON Schema what it reads. All that
 * does not fit is told with its place; nothing is guessed. Aliases are not followed, so no file stands for more than it holds.
 */
import { isAlias, isMap, isScalar, isSeq, type Pair } from "yaml";
import { closestWord } from "./closest-word.ts";

export interface Form<T> {
  readonly schema: JsonSchema;
  /** Undefined if it does not fit, which is told then. `field` is the way there: `when[0].severity`. */
  read(reader: FormReader, node: unknown, field: string): T | undefined;
}

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export interface FormReader {
  /** `node`: where it is. */
  tell(node: unknown, mistake: FormMistake): undefined;
}

export interface FormMistake {
  readonly field: string;
  readonly expected: string;
  /** In words, or as written, between quotes. */
  readonly found: string;
  /** Where more than "expected this, found that" is to be said. */
  readonly hint?: string;
}

const longestList = 200;
const longestText = 1000;

export function text({ most = longestText, pattern, what = "a text" }: TextLimits = {}): Form<string> {
  return {
    schema: { type: "string", minLength: 1, maxLength: most, ...(pattern && { pattern: pattern.source }) },
    read(reader, node, field) {
      // An unquoted number or date is meant as it is written.
      const written = isScalar(node) ? (typeof node.value === "string" ? node.value : node.source) : undefined;
      const fits = written !== undefined && written.trim() !== "" && (pattern?.test(written) ?? true);
      if (!fits) return wrong(reader, node, field, what);
      if (written.length > most) return wrong(reader, node, field, `${what} of ${most} characters at most`);
      return written;
    },
  };
}

interface TextLimits {
  readonly most?: number;
  readonly pattern?: RegExp;
  readonly what?: string;
}

/** `whyOne`: why there is no list of them. */
export function oneOf<const Word extends string>(words: readonly Word[], whyOne?: string): Form<Word> {
  return {
    schema: { enum: words },
    read(reader, node, field) {
      const found = isScalar(node) ? words.find((word) => word === String(node.value)) : undefined;
      if (found !== undefined) return found;
      const hint = isSeq(node) && whyOne !== undefined ? { hint: whyOne } : hintFor(node, words);
      return wrong(reader, node, field, `one of ${words.join(", ")}`, hint);
    },
  };
}

export function number({ least, most, whole }: NumberLimits): Form<number> {
  const what = `a ${whole ? "whole " : ""}number from ${least} to ${most}`;
  return {
    schema: { type: whole ? "integer" : "number", minimum: least, maximum: most },
    read(reader, node, field) {
      const value = isScalar(node) ? node.value : undefined;
      const fits = typeof value === "number" && value >= least && value <= most;
      return fits && (!whole || Number.isInteger(value)) ? value : wrong(reader, node, field, what);
    },
  };
}

interface NumberLimits {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

export const flag: Form<boolean> = {
  schema: { type: "boolean" },
  read(reader, node, field) {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === "boolean" ? value : wrong(reader, node, field, "true or false");
  },
};

/** A list, or one alone; never empty. */
export function someOf<T>(form: Form<T>, most = longestList): Form<readonly T[]> {
  return {
    schema: { anyOf: [form.schema, { type: "array", items: form.schema, minItems: 1, maxItems: most }] },
    read(reader, node, field) {
      if (!isSeq(node)) {
        const one = form.read(reader, node, field);
        return one === undefined ? undefined : [one];
      }
      if (node.items.length === 0) return wrong(reader, node, field, "at least one entry");
      if (node.items.length > most) return wrong(reader, node, field, `${most} entries at most`);
      return node.items.flatMap((item, at) => form.read(reader, item, `${field}[${at}]`) ?? []);
    },
  };
}

export type Fields<T> = { readonly [Name in keyof T]-?: Described<NonNullable<T[Name]>> };

/** A form, and what it is for. */
export type Described<T> = readonly [form: Form<T>, description: string];

/** Undefined if a field that must be there is not; other mistakes leave their field out. */
export function mapping<T extends object>(
  fields: Fields<T>,
  required: readonly (keyof T & string)[] = [],
  /** Read elsewhere; only named here. */
  beside: Readonly<Record<string, JsonSchema>> = {},
): Form<T> {
  const own = Object.entries(fields) as [string, Described<unknown>][];
  const names = [...own.map(([name]) => name), ...Object.keys(beside)];
  const properties = own.map(([name, [form, description]]) => [name, { description, ...form.schema }] as const);
  return {
    schema: {
      type: "object",
      properties: { ...Object.fromEntries(properties), ...beside },
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    read(reader, node, field) {
      if (!isMap(node)) return wrong(reader, node, field, `fields (${names.join(", ")})`);
      checkNames(reader, node.items as readonly Pair[], names, field);
      const read: Record<string, unknown> = {};
      for (const [name, [form]] of own) {
        const value = node.get(name, true) as unknown;
        const result = value === undefined ? undefined : form.read(reader, value, within(field, name));
        if (result !== undefined) read[name] = result;
      }
      const missing = required.filter((name) => !node.has(name));
      for (const name of missing)
        reader.tell(node, { field: within(field, name), expected: "a value", found: "nothing" });
      return required.every((name) => name in read) ? (read as T) : undefined;
    },
  };
}

export function within(field: string, name: string): string {
  return field === "" ? name : `${field}.${name}`;
}

export function checkNames(reader: FormReader, pairs: readonly Pair[], names: readonly string[], field: string): void {
  const seen = new Set<string>();
  for (const { key } of pairs) {
    const name = isScalar(key) ? String(key.value) : "";
    const at = within(field, name.slice(0, longestShown));
    if (!names.includes(name)) {
      reader.tell(key, {
        field: at,
        expected: `one of ${names.join(", ")}`,
        found: "an unknown field",
        ...hintOf(name, names),
      });
    } else if (seen.has(name)) reader.tell(key, { field: at, expected: "each field once", found: "it again" });
    seen.add(name);
  }
}

export function wrong(
  reader: FormReader,
  node: unknown,
  field: string,
  expected: string,
  more: { readonly hint?: string } = {},
): undefined {
  // An unquoted pattern that begins with * or ! is a reference or a tag in YAML. References are not followed.
  const isUnquoted = isAlias(node) || (isScalar(node) && node.tag?.startsWith("!"));
  const hint = isUnquoted ? { hint: "what begins with * or ! must stand in quotes" } : more;
  return reader.tell(node, { field, expected, found: foundIn(node), ...hint });
}

const longestShown = 60;

export function foundIn(node: unknown): string {
  if (isSeq(node)) return node.items.length === 0 ? "an empty list" : "a list";
  if (isMap(node)) return "fields";
  if (isAlias(node)) return `*${node.source.slice(0, longestShown)}`;
  if (isScalar(node) && node.tag?.startsWith("!")) return node.tag.slice(0, longestShown);
  const source = isScalar(node) ? (node.source ?? String(node.value)) : "";
  if (source.trim() === "" || (isScalar(node) && node.value === null)) return "nothing";
  return `"${source.length > longestShown ? `${source.slice(0, longestShown)}...` : source}"`;
}

function hintFor(node: unknown, words: readonly string[]): { readonly hint?: string } {
  return isScalar(node) ? hintOf(String(node.value), words) : {};
}

function hintOf(written: string, words: readonly string[]): { readonly hint?: string } {
  const meant = closestWord(written, words);
  return meant === undefined ? {} : { hint: `did you mean ${meant}?` };
}
