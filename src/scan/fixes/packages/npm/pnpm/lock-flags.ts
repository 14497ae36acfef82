/** Whether an entry of a pnpm-lock.yaml is needed for development only, or only if it can be installed, as pnpm writes it. */
import type { Attribute, Reached } from "./lock-graph.ts";
import type { Format } from "./lock-keys.ts";
import { inPnpmOrder } from "./package-attributes.ts";

interface Flagging {
  readonly id: string;
  /** What it was called before. */
  readonly was: string;
  readonly before: Reached;
  readonly after: Reached;
  readonly format: Format;
}

/** Undefined if the file does not say of it what it should have said before. */
export function withFlags(attributes: readonly Attribute[], { id, was, before, after, format }: Flagging) {
  const now = flagsOf(id, after, format);
  const written = attributes.filter(({ key }) => key === "dev" || key === "optional");
  const isThere = before.all.has(was);
  if (isThere && textOf(flagsOf(was, before, format)) === textOf(now)) return attributes;
  if (isThere && textOf(written) !== textOf(flagsOf(was, before, format))) return undefined;
  if (!after.all.has(id)) return attributes;
  return inPnpmOrder([...attributes.filter((one) => !written.includes(one)), ...now]);
}

function flagsOf(id: string, { product, development, firm }: Reached, format: Format): readonly Attribute[] {
  const isBoth = product.has(id) && development.has(id);
  return [
    ...(format === 9 || isBoth ? [] : [{ key: "dev", text: `    dev: ${development.has(id)}\n` }]),
    ...(firm.has(id) ? [] : [{ key: "optional", text: "    optional: true\n" }]),
  ];
}

function textOf(attributes: readonly Attribute[]): string {
  return attributes.map(({ text }) => text).join("");
}
