/**
 * Secret keys of OpenPGP (RFC 4880, RFC 9580) in packets: which key it is, and whether a passphrase protects it. A packet
 * without key material (GnuPG's stubs for cards and offline keys) is no secret.
 */
import { createHash } from "node:crypto";
import { type Cursor, cursorOf } from "./cursor.ts";
import { type Keystore, lockedScore, lockedSignal, openScore, openSignal } from "./keystore.ts";

export type OpenPgpFacts =
  | { readonly is: "key"; readonly identity: string; readonly encrypted: boolean }
  /** Only stubs. */
  | { readonly is: "no-secret" }
  | { readonly is: "none" };

const secretTags: readonly number[] = [5, 7];
const mostPackets = 1000;

export function openPgpFacts(bytes: Buffer): OpenPgpFacts {
  const keys: { readonly identity: string; readonly state: KeyState }[] = [];
  const cursor = cursorOf(bytes);
  for (let count = 0; count < mostPackets && cursor.at < bytes.length; count++) {
    const packet = nextPacket(cursor);
    if (packet === undefined) break;
    // A secret key begins every such file.
    if (count === 0 && packet.tag !== 5) return { is: "none" };
    if (!secretTags.includes(packet.tag)) continue;
    const key = readKey(packet.body);
    if (key !== undefined) keys.push(key);
    else if (count === 0) return { is: "none" };
  }
  const [first] = keys;
  const real = keys.filter(({ state }) => state !== "stub");
  if (first === undefined) return { is: "none" };
  if (real.length === 0) return { is: "no-secret" };
  return { is: "key", identity: first.identity, encrypted: real.every(({ state }) => state === "locked") };
}

/** A key exported in binary, or GnuPG's former secret key ring. */
export function readOpenPgpFile(bytes: Buffer): Keystore | undefined {
  const facts = openPgpFacts(bytes);
  if (facts.is !== "key") return undefined;
  return {
    rule: "secrets/openpgp-key-file",
    identity: facts.identity,
    score: facts.encrypted ? lockedScore : openScore,
    signals: ["secret key of OpenPGP", facts.encrypted ? lockedSignal : openSignal],
  };
}

/** True for a first byte of a packet with a secret key, in the old and the new format. */
export function mayBeginOpenPgp(byte: number | undefined): boolean {
  return byte === 0x94 || byte === 0x95 || byte === 0x96 || byte === 0xc5;
}

function nextPacket(cursor: Cursor): { readonly tag: number; readonly body: Buffer } | undefined {
  const head = cursor.number(1);
  if (head === undefined || (head & 0x80) === 0) return undefined;
  const isNew = (head & 0x40) !== 0;
  const tag = isNew ? head & 0x3f : (head >> 2) & 0x0f;
  const length = isNew
    ? newLength(cursor)
    : (head & 3) < 3
      ? cursor.number(([1, 2, 4] as const)[head & 3] ?? 1)
      : undefined;
  const body = cursor.take(length);
  return body && { tag, body };
}

function newLength(cursor: Cursor): number | undefined {
  const first = cursor.number(1);
  if (first === undefined || first < 192) return first;
  if (first === 255) return cursor.number(4);
  // Pieces of unknown length are for data, never for keys.
  const second = first < 224 ? cursor.number(1) : undefined;
  return second === undefined ? undefined : ((first - 192) << 8) + second + 192;
}

type KeyState = "open" | "locked" | "stub";

function readKey(body: Buffer): { readonly identity: string; readonly state: KeyState } | undefined {
  const cursor = cursorOf(body);
  const version = cursor.number(1);
  const made = cursor.number(4);
  const algorithm = cursor.number(1);
  if ((version !== 4 && version !== 6) || made === undefined || algorithm === undefined) return undefined;
  if (version === 6) cursor.number(4);
  if (!skipPublic(cursor, algorithm)) return undefined;
  const { at } = cursor;
  const usage = cursor.number(1);
  if (usage === undefined) return undefined;
  const identity = createHash("sha256").update(body.subarray(0, at)).digest("hex");
  if (usage === 0) return { identity, state: "open" };
  if (usage < 253) return { identity, state: "locked" };
  if (version === 6) cursor.number(1);
  cursor.number(1);
  if (usage === 253) cursor.number(1);
  if (version === 6) cursor.number(1);
  const specifier = cursor.number(1);
  if (specifier === undefined) return undefined;
  // 101 is GnuPG's own: a hash, "GNU", and 1 (nothing) or 2 (on a card).
  return { identity, state: specifier === 101 ? "stub" : "locked" };
}

/** Numbers of each algorithm's public part; points of curves with their names before, keys of fixed length. */
function skipPublic(cursor: Cursor, algorithm: number): boolean {
  const numbers = { 1: 2, 2: 2, 3: 2, 16: 3, 17: 4 }[algorithm];
  const fixed = { 25: 32, 26: 56, 27: 32, 28: 57 }[algorithm];
  if (numbers !== undefined) for (let index = 0; index < numbers; index++) skipNumber(cursor);
  else if (fixed !== undefined) cursor.take(fixed);
  else if (algorithm === 18 || algorithm === 19 || algorithm === 22) {
    cursor.take(cursor.number(1));
    skipNumber(cursor);
    if (algorithm === 18) cursor.take(cursor.number(1));
  } else return false;
  return Number.isFinite(cursor.at);
}

/** A length in bits, then the bytes. */
function skipNumber(cursor: Cursor): void {
  const bits = cursor.number(2);
  cursor.take(bits === undefined ? undefined : (bits + 7) >> 3);
}
