/**
 * Cuts chosen values out of JSON that comes in pieces, however long it is: what is not asked for is passed over and never
 * kept. It looks only at where values begin and end; each cut one is then read by JSON.parse. Libraries that read JSON as a
 * stream build every value and bound neither depth nor the size of one.
 */

/** What to cut, by name; `*` stands for every name or position. `cut`: the value, as it is. */
export interface Wanted {
  readonly [name: string]: Wanted | "cut";
}

export type JsonPath = readonly (string | number)[];

export type Cut =
  | { readonly is: "value"; readonly path: JsonPath; readonly value: unknown }
  /** A list or object that others were to be cut from has nothing in it. */
  | { readonly is: "empty"; readonly path: JsonPath }
  /** This one value is left out; what comes after it is read. */
  | { readonly is: "unread"; readonly path: JsonPath; readonly message: string }
  /** A part that others were to be cut from is no object or list. */
  | { readonly is: "mistyped"; readonly path: JsonPath; readonly message: string };

export interface CutLimits {
  /** Bytes of one value. */
  readonly size: number;
  readonly depth: number;
}

/** The text is no JSON, or ends too early: nothing more is read. */
export class BrokenJson extends Error {
  override readonly name = "BrokenJson";
  readonly path: JsonPath;

  constructor(path: JsonPath, message: string) {
    super(message);
    this.path = path;
  }
}

interface Level {
  readonly wanted: Wanted;
  readonly isList: boolean;
  at: string | number;
}

/** A value that is passed over, or kept up to a size. */
interface Passing {
  readonly isKept: boolean;
  readonly pieces: Uint8Array[];
  size: number;
  /** Of the brackets in it. */
  depth: number;
  deepest: number;
  kind: "brackets" | "string" | "plain";
}

type Expected = "value" | "first-value" | "key" | "first-key" | "colon" | "comma" | "nothing";

const quote = 34;
const backslash = 92;
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
const [comma, colon] = [44, 58];

/** What is expected where a list or an object may end before it has anything. */
const firstOf: Readonly<Record<number, Expected>> = { [closeList]: "first-value", [closeObject]: "first-key" };

export interface JsonCutter {
  write(piece: Uint8Array): void;
  end(): void;
}

// oxlint-disable-next-line max-lines-per-function -- one machine: its parts share the state
export function createJsonCutter(wanted: Wanted, limits: CutLimits, take: (cut: Cut) => void): JsonCutter {
  const levels: Level[] = [];
  let expected: Expected = "value";
  let passing: Passing | undefined;
  let isKey = false;
  let inString = false;
  let isEscaped = false;

  // A level that was just opened stands at nothing yet.
  const path = (): JsonPath => levels.flatMap(({ at }) => (at === "" ? [] : [at]));
  const broken = (message: string) => new BrokenJson(path(), message);

  function begin(byte: number, isKept: boolean): void {
    const isBracket = byte === openList || byte === openObject;
    const kind = isBracket ? "brackets" : byte === quote ? "string" : "plain";
    if (kind === "plain" && !isPlain(byte)) throw broken("a value was expected");
    passing = { isKept, pieces: [], size: 0, depth: isBracket ? 1 : 0, deepest: 1, kind };
    inString = byte === quote;
  }

  function beginValue(byte: number): void {
    const top = levels.at(-1);
    const asked = top === undefined ? wanted : (own(top.wanted, top.at) ?? top.wanted["*"]);
    if (asked === undefined || asked === "cut") {
      begin(byte, asked === "cut");
    } else if (byte === openList || byte === openObject) {
      const isList = byte === openList;
      if (isList !== "*" in asked) {
        take({ is: "mistyped", path: path(), message: isList ? "an object was expected" : "a list was expected" });
        begin(byte, false);
        return;
      }
      levels.push({ wanted: asked, isList, at: isList ? 0 : "" });
      expected = isList ? "first-value" : "first-key";
    } else {
      const message = "*" in asked ? "a list was expected" : "an object was expected";
      take({ is: "mistyped", path: path(), message });
      begin(byte, false);
    }
  }

  function endPassing(done: Passing): void {
    passing = undefined;
    if (isKey) {
      isKey = false;
      const top = levels.at(-1);
      if (top) top.at = String(parse(done));
      expected = "colon";
      return;
    }
    expected = levels.length === 0 ? "nothing" : "comma";
    if (!done.isKept) return;
    if (done.size > limits.size) {
      take({ is: "unread", path: path(), message: `it is longer than ${limits.size} bytes` });
    } else if (done.deepest > limits.depth) {
      take({ is: "unread", path: path(), message: `it is nested more than ${limits.depth} levels deep` });
    } else take({ is: "value", path: path(), value: parse(done) });
  }

  function parse({ pieces, size }: Passing): unknown {
    if (size > limits.size) throw broken("a name is too long");
    try {
      return JSON.parse(Buffer.concat(pieces).toString("utf8"));
    } catch {
      throw broken("this is no JSON");
    }
  }

  function close(byte: number): void {
    const top = levels.pop();
    if (top?.isList !== (byte === closeList)) throw broken("a bracket closes what it did not open");
    expected = levels.length === 0 ? "nothing" : "comma";
  }

  /** Between values. */
  function step(byte: number): void {
    if (byte === 32 || (byte >= 9 && byte <= 13)) return;
    const isEnd = byte === closeList || byte === closeObject;
    if (isEnd && expected === "comma") close(byte);
    else if (isEnd && expected === firstOf[byte]) {
      close(byte);
      take({ is: "empty", path: path() });
    } else if (expected === "value" || expected === "first-value") beginValue(byte);
    else if (expected === "key" || expected === "first-key") {
      if (byte !== quote) throw broken("a name in double quotes was expected");
      isKey = true;
      begin(byte, true);
    } else if (expected === "colon") {
      if (byte !== colon) throw broken("a colon was expected");
      expected = "value";
    } else if (expected === "comma") {
      if (byte !== comma) throw broken("a comma was expected");
      const top = levels.at(-1);
      if (top?.isList) top.at = Number(top.at) + 1;
      expected = top?.isList ? "value" : "key";
    } else throw broken("something follows the end");
  }

  /** Inside of a value that is passed over: gives where it ends, or -1. */
  function pass(current: Passing, piece: Uint8Array, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at] ?? 0;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) {
          inString = false;
          if (current.kind === "string") return at + 1;
        }
      } else if (current.kind === "plain") {
        if (!isPlain(byte)) return at;
      } else if (byte === quote) inString = true;
      else if (byte === openList || byte === openObject) {
        current.depth += 1;
        if (current.depth > current.deepest) current.deepest = current.depth;
      } else if (byte === closeList || byte === closeObject) {
        current.depth -= 1;
        if (current.depth === 0) return at + 1;
      }
    }
    return -1;
  }

  function keep(current: Passing, piece: Uint8Array): void {
    if (!current.isKept) return;
    current.size += piece.length;
    // A piece is a view of a larger buffer, which would stay with it.
    if (current.size <= limits.size) current.pieces.push(Uint8Array.from(piece));
    else current.pieces.length = 0;
  }

  return {
    write(piece) {
      let at = 0;
      while (at < piece.length) {
        if (passing === undefined) {
          step(piece[at] ?? 0);
          // The machine may have begun to pass over a value: its first byte belongs to it.
          const begun = passing as Passing | undefined;
          if (begun) keep(begun, piece.subarray(at, at + 1));
          at += 1;
          continue;
        }
        const end = pass(passing, piece, at);
        keep(passing, piece.subarray(at, end < 0 ? piece.length : end));
        if (end < 0) return;
        at = end;
        endPassing(passing);
      }
    },
    end() {
      if (passing?.kind === "plain") endPassing(passing);
      if (passing !== undefined || expected !== "nothing") throw broken("the text ends too early");
    },
  };
}

function own(wanted: Wanted, name: string | number): Wanted | "cut" | undefined {
  return typeof name === "string" && Object.hasOwn(wanted, name) ? wanted[name] : undefined;
}

/** Of numbers, true, false and null. */
function isPlain(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 48 && byte <= 57) ||
    byte === 45 ||
    byte === 43 ||
    byte === 46 ||
    byte === 69
  );
}

/** As people write it: `runs[0].results[12]`. */
export function pathText(path: JsonPath): string {
  const text = path
    .map((step) =>
      typeof step === "number"
        ? `[${step}]`
        : /^\w{1,60}$/.test(step)
          ? `.${step}`
          : `[${JSON.stringify(step.slice(0, 60))}]`,
    )
    .join("");
  return text.replace(/^\./, "");
}
