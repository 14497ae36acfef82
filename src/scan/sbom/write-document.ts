/**
 * A JSON document with one line for each entry of its lists: short, and two of them compare line by line. Where `noUuid`
 * stands first, which is before everything that came from outside, it gets the UUID of its own content.
 */
import { contentUuid, noUuid } from "./content-uuid.ts";

export function writeDocument(document: object): string {
  const members = Object.entries(document).map(([key, value]) => `${JSON.stringify(key)}: ${written(value)}`);
  const text = `{\n${members.join(",\n")}\n}\n`;
  return text.replace(noUuid, contentUuid(text));
}

function written(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((one) => JSON.stringify(one)).join(",\n")}\n]`;
}
