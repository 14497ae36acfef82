/** What stands first in a bundle: every file with its checksum, and the state that goes with them; signed if there is a key. */
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { looseObject, parseLoose } from "../loose-json.ts";
import type { FolderState, PartState, SourceState } from "../update/folder-state.ts";

export const manifestName = "manifest.json";
/** The signature of the manifest, base64. */
export const signatureName = "manifest.sig";

export interface BundleManifest {
  /** ISO time. */
  readonly created: string;
  readonly sources: FolderState["sources"];
}

const format = "sallyport-knowledge-1";
const mostFiles = 100_000;

export function writeManifest(manifest: BundleManifest): string {
  return JSON.stringify({ format, ...manifest }, null, 1);
}

export class BundleError extends Error {
  override readonly name = "BundleError";
}

export function readManifest(text: string): BundleManifest {
  const manifest = parseLoose(text);
  if (manifest?.format !== format) throw new BundleError("it is no bundle of this version of Sallyport");
  const sources: Record<string, SourceState> = {};
  let files = 0;
  for (const [name, written] of Object.entries(looseObject(manifest.sources))) {
    if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(name)) throw new BundleError(`it names a source "${name}"`);
    const source = looseObject(written);
    const parts = Object.entries(looseObject(source.parts)).map(
      ([part, about]) => [part, readPart(part, about)] as const,
    );
    files += parts.length;
    if (files > mostFiles) throw new BundleError("it names too many files");
    sources[name] = { ...describe(source), parts: Object.fromEntries(parts), problems: {} };
  }
  return { created: String(manifest.created), sources };
}

function describe(source: Readonly<Record<string, unknown>>): Omit<SourceState, "parts" | "problems"> {
  const text = (name: string) => (typeof source[name] === "string" ? source[name] : "");
  return {
    kind: text("kind"),
    licence: text("licence"),
    from: text("from"),
    isRequired: source.isRequired === true,
    ...(text("attribution") !== "" && { attribution: text("attribution") }),
    ...(text("checked") !== "" && { checked: text("checked") }),
  };
}

function readPart(name: string, about: unknown): PartState {
  const { bytes, sha256, fetched, etag, lastModified } = looseObject(about);
  // Part of a path: nothing that leaves the folder.
  const steps = name.split("/");
  const isInside = steps.every(
    (step) => step !== "" && step !== "." && step !== ".." && /^[\w.%@+ -]{1,100}$/.test(step),
  );
  if (!isInside || steps.length > 6) throw new BundleError(`it names a file "${name}"`);
  if (typeof bytes !== "number" || typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new BundleError(`it has no checksum of ${name}`);
  }
  return {
    bytes,
    sha256,
    fetched: typeof fetched === "string" ? fetched : "",
    ...(typeof etag === "string" && { etag }),
    ...(typeof lastModified === "string" && { lastModified }),
  };
}

export function signManifest(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text), key).toString("base64");
}

/** `key`: PEM, or base64 of SPKI or of the 32 bytes alone. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), readPublicKey(key), Buffer.from(signature, "base64"));
}

/** What stands before the 32 bytes of an Ed25519 key in SPKI. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

function readPublicKey(key: string): KeyObject {
  try {
    if (key.includes("-----BEGIN")) return createPublicKey(key);
    const bytes = Buffer.from(key, "base64");
    const spki = bytes.length === 32 ? Buffer.concat([spkiPrefix, bytes]) : bytes;
    return createPublicKey({ key: spki, format: "der", type: "spki" });
  } catch {
    throw new BundleError("the configured public key is no Ed25519 key");
  }
}
