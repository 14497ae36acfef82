/** What an advisory file says of one package: which advisories, with their ranges; versions are numbers of interned texts. */
import type { AffectedRange, AffectedVersions, RangeEvent } from "#model/advisory.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

/** Gives the number under which a text is kept. */
export type Intern = (text: string) => number;
export type TextOf = (number: number) => string;

const kinds = ["introduced", "fixed", "lastAffected"] as const;

export function writePosting(
  writer: ByteWriter,
  advisory: number,
  affected: readonly AffectedVersions[],
  intern: Intern,
): void {
  const texts = (list: readonly string[]) => {
    writer.number(list.length);
    for (const text of list) writer.number(intern(text));
  };
  writer.number(advisory);
  writer.number(affected.length);
  for (const { ranges, versions, parts = [] } of affected) {
    writer.number(ranges.length);
    for (const { events } of ranges) {
      writer.number(events.length);
      for (const event of events) writeEvent(writer, event, intern);
    }
    texts(versions);
    writer.number(parts.length);
    for (const { path, symbols } of parts) {
      writer.number(intern(path));
      texts(symbols);
    }
  }
}

/** Two bits say what kind of event it is. */
function writeEvent(writer: ByteWriter, event: RangeEvent, intern: Intern): void {
  if ("introduced" in event) writer.number(intern(event.introduced) * 4);
  else if ("fixed" in event) writer.number(intern(event.fixed) * 4 + 1);
  else writer.number(intern(event.lastAffected) * 4 + 2);
}

export function readPosting(
  reader: ByteReader,
  textOf: TextOf,
): { readonly advisory: number; readonly affected: readonly AffectedVersions[] } {
  const advisory = reader.number();
  const affected = repeat(reader, () => readAffected(reader, textOf));
  return { advisory, affected };
}

function readAffected(reader: ByteReader, textOf: TextOf): AffectedVersions {
  const text = () => textOf(reader.number());
  const ranges = repeat(reader, (): AffectedRange => ({ events: repeat(reader, () => readEvent(reader, textOf)) }));
  const versions = repeat(reader, text);
  const parts = repeat(reader, () => ({ path: text(), symbols: repeat(reader, text) }));
  return { ranges, versions, ...(parts.length > 0 && { parts }) };
}

function readEvent(reader: ByteReader, textOf: TextOf): RangeEvent {
  const packed = reader.number();
  const version = textOf(Math.floor(packed / 4));
  const kind = kinds[packed % 4];
  if (kind === undefined) throw new RangeError("an unknown kind of event");
  return { [kind]: version } as unknown as RangeEvent;
}

/** A list that says its length first. Every item takes a byte at least, so that a wrong length ends the reading soon. */
function repeat<T>(reader: ByteReader, read: () => T): readonly T[] {
  const items: T[] = [];
  for (let left = reader.number(); left > 0; left -= 1) items.push(read());
  return items;
}
