/** What licence texts are recognised by, unpacked when it is first needed: for each three words in a row the texts that have them. */
import { createRequire } from "node:module";
import { brotliDecompressSync } from "node:zlib";

export interface LicenseTexts {
  /** By number of the text: the ids that share it, the one to name first. */
  readonly ids: readonly (readonly string[])[];
  /** By number of the text: how many words it has. */
  readonly lengths: readonly number[];
  /** By number of the text: how many different grams it has. */
  readonly sizes: Uint32Array;
  /** Numbers of the texts that have a gram; undefined if none has. */
  holdersOf(gram: number): Uint16Array | undefined;
}

interface PackedTexts {
  readonly ids: readonly (readonly string[])[];
  readonly lengths: readonly number[];
  readonly gramCount: number;
  readonly grams: string;
}

let unpacked: LicenseTexts | undefined;

export function licenseTexts(): LicenseTexts {
  // By name, because code that is joined into one file has no neighbours.
  unpacked ??= unpack(createRequire(import.meta.url)("#scan/licenses/license-texts.json") as PackedTexts);
  return unpacked;
}

function unpack({ ids, lengths, gramCount, grams }: PackedTexts): LicenseTexts {
  const bytes = brotliDecompressSync(Buffer.from(grams, "base64"));
  const sizes = new Uint32Array(ids.length);
  const starts = new Uint32Array(gramCount + 1);
  const holders = new Uint16Array(bytes.length);
  const table = newTable(gramCount);
  let at = 0;
  const next = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = bytes[at++] as number;
      value += (byte % 128) * unit;
      if (byte < 128) return value;
    }
  };
  let gram = 0;
  let end = 0;
  for (let number = 0; number < gramCount; number++) {
    gram += next();
    table.put(gram, number);
    starts[number] = end;
    let text = -1;
    for (let left = next(); left > 0; left--) {
      text += next() + 1;
      holders[end++] = text;
      sizes[text] = (sizes[text] as number) + 1;
    }
  }
  starts[gramCount] = end;
  const holdersOf = (asked: number) => {
    const number = table.get(asked);
    return number === undefined ? undefined : holders.subarray(starts[number], starts[number + 1]);
  };
  return { ids, lengths, sizes, holdersOf };
}

/** A Map of this size takes five times as long to fill. */
function newTable(count: number) {
  const size = 2 ** Math.ceil(Math.log2(count * 2 + 2));
  const keys = new Uint32Array(size);
  const numbers = new Int32Array(size).fill(-1);
  const slotOf = (key: number) => {
    let slot = key & (size - 1);
    while (numbers[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (size - 1);
    return slot;
  };
  return {
    put(key: number, number: number) {
      const slot = slotOf(key);
      keys[slot] = key;
      numbers[slot] = number;
    },
    get(key: number): number | undefined {
      const number = numbers[slotOf(key)];
      return number === -1 ? undefined : number;
    },
  };
}
