/**
 * A JSON document with one line for each entry of its lists: short, and two of them compare line by line. Where `noUuid`
 * stands first, which is before everything that came from outside, it gets the UUID of its own content.
 */
import { contentUuid, noUuid } from "./content-uuid.ts";

/** Lists follow the head; one without entries is left out. Entries are asked for one by one, so that none is kept. */
export function writeDocument(head: object, lists: Readonly<Record<string, Iterable<object>>>): string {
  const members = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  for (const [key, entries] of Object.entries(lists)) {
    const lines: string[] = [];
    for (const entry of entries) lines.push(JSON.stringify(entry));
    if (lines.length > 0) members.push(`${JSON.stringify(key)}: [\n${lines.join(",\n")}\n]`);
  }
  const text = `{\n${members.join(",\n")}\n}\n`;
  return text.replace(noUuid, contentUuid(text));
}
