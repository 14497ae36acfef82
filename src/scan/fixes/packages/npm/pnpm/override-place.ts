/** Where pnpm's overrides stand already, and how one is written there; its settings in package.json otherwise. */
import { folderOf } from "../../../../packages/paths.ts";
import type { TextChange } from "../../../text-edits.ts";
import { jsonAs, memberAlong, memberIn, replaced, valueIn } from "../../json-members.ts";
import type { EditAsked } from "../../package-editor.ts";

/** Undefined where no place is known, or where it is overridden in a way of its own. */
export function overridePlace(
  { manifest, textOf }: EditAsked,
  name: string,
  to: string,
): readonly [string, readonly TextChange[]] | undefined {
  const folder = folderOf(manifest.path);
  const inFolder = (file: string) => (folder === "" ? file : `${folder}/${file}`);
  const settings = inFolder("pnpm-workspace.yaml");
  const yaml = textOf(settings);
  const line = yaml === undefined ? null : /^overrides:[ \t]*(?:#[^\n]*)?\r?\n/m.exec(yaml);
  if (yaml !== undefined && line) {
    const at = line.index + line[0].length;
    const indent = /^[ \t]+/.exec(yaml.slice(at, at + 20))?.[0] ?? "  ";
    const end = line[0].endsWith("\r\n") ? "\r\n" : "\n";
    if (new RegExp(`^${indent}["']?${escaped(name)}["']?\\s*:`, "m").test(yaml.slice(at))) return undefined;
    return [settings, [{ start: at, end: at, text: `${indent}"${name}": "${to}"${end}` }]];
  }
  const path = inFolder("package.json");
  const text = textOf(path);
  return text === undefined ? undefined : ofPackage(path, text, name, to);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function ofPackage(
  path: string,
  text: string,
  name: string,
  to: string,
): readonly [string, readonly TextChange[]] | undefined {
  const known = memberAlong(text, ["pnpm", "overrides", name]);
  if (known)
    return typeof valueIn(text, known) === "string" ? [path, [replaced(known, JSON.stringify(to))]] : undefined;
  const overrides = memberAlong(text, ["pnpm", "overrides"]);
  const pnpm = memberIn(text, 0, "pnpm");
  const place = overrides ?? pnpm;
  if (place) {
    const value = valueIn(text, place);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const now = overrides ? { ...value, [name]: to } : { ...value, overrides: { [name]: to } };
    return [path, [replaced(place, jsonAs(text, place.at, now))]];
  }
  const close = text.lastIndexOf("}");
  const before = text.slice(0, close).trimEnd().length;
  if (close < 0 || text[before - 1] === "{") return undefined;
  const step = /\n([ \t]{1,8})"/.exec(text.slice(0, 10_000))?.[1];
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const value = { overrides: { [name]: to } };
  const written =
    step === undefined
      ? `,"pnpm":${JSON.stringify(value)}`
      : `,${end}${step}"pnpm": ${JSON.stringify(value, null, step).replaceAll("\n", `${end}${step}`)}`;
  return [path, [{ start: before, end: before, text: written }]];
}
