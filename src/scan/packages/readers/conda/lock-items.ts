/**
 * The list of packages in a lock file of conda-lock or pixi: items with fields, lists and small maps, in the layout that both
 * write. One pass over the lines: these files hold every package for every platform, and the YAML reader would keep all of it.
 */
import type { TextFile } from "../../../formats/text-file.ts";
import { linesOf, type TextLine } from "../../reading/text-lines.ts";

export interface LockItem {
  /** Of the line that it begins in, and of its last one. */
  readonly start: number;
  readonly end: number;
  /** Fields with a value in their line, without quotes. */
  readonly fields: ReadonlyMap<string, ItemField>;
  /** What stands below a field: items of a list as written, keys of a map. */
  readonly below: ReadonlyMap<string, readonly string[]>;
}

export interface ItemField {
  readonly value: string;
  /** Offset of the value, behind a quote. */
  readonly at: number;
}

export interface LockItems {
  readonly items: readonly LockItem[];
  /** The list stands in the file, even if it is empty. */
  readonly isThere: boolean;
}

/** `list` is a key at the beginning of a line. */
export function lockItems({ text }: TextFile, list: string): LockItems {
  const items: LockItem[] = [];
  let isThere = false;
  let isInside = false;
  let open: OpenItem | undefined;
  for (const line of linesOf(text)) {
    const indent = line.text.search(/\S/);
    if (indent < 0 || line.text[indent] === "#") continue;
    const dash = isInside ? itemIndent(line.text, indent, open) : undefined;
    if (dash !== undefined) {
      open = {
        dash,
        fieldIndent: indent + 2,
        key: "",
        start: line.start,
        end: line.start,
        fields: new Map(),
        below: new Map(),
      };
      items.push(open);
      readField(open, line, indent + 2);
    } else if (indent === 0) {
      isInside = line.text.startsWith(`${list}:`);
      isThere ||= isInside;
      open = undefined;
    } else if (open && isInside) readField(open, line, indent);
  }
  return { items, isThere };
}

interface OpenItem extends LockItem {
  readonly dash: number;
  readonly fieldIndent: number;
  readonly fields: Map<string, ItemField>;
  readonly below: Map<string, string[]>;
  end: number;
  key: string;
}

/** An item begins where the first one did; what stands deeper belongs to one. */
function itemIndent(text: string, indent: number, open: OpenItem | undefined): number | undefined {
  if (!text.startsWith("- ", indent)) return undefined;
  return open === undefined || open.dash === indent ? indent : undefined;
}

const field = /^([\w.-]+|"[^"]*"|'[^']*'):(?:\s+(.*))?$/;

function readField(open: OpenItem, { text, start }: TextLine, indent: number): void {
  open.end = start + text.trimEnd().length;
  const content = text.slice(indent).trimEnd();
  if (indent > open.fieldIndent || content.startsWith("- ")) {
    const below = open.below.get(open.key) ?? [];
    below.push(plain(content.startsWith("- ") ? content.slice(2) : (field.exec(content)?.[1] ?? "")));
    open.below.set(open.key, below);
    return;
  }
  // Longer lines hold no fields that anybody asks for.
  const [, key, value = ""] = (content.length > 4000 ? null : field.exec(content)) ?? [];
  if (key === undefined) return;
  open.key = plain(key);
  if (value === "") return;
  const isQuoted = /^["']/.test(value);
  open.fields.set(open.key, {
    value: plain(value),
    at: start + indent + content.length - value.length + (isQuoted ? 1 : 0),
  });
}

function plain(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2");
}
