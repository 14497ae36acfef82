/** Reads one loose object: its type, and its bytes if it is a blob. */
import { closeSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { openRegularSync } from "./open-regular.ts";
import { PackDamage } from "./pack-damage.ts";
import { largestObject } from "./whole-size.ts";

/** Type and size stand before the bytes. */
const longestHead = 32;

/** Undefined if it is no blob; throws PackDamage if it is none of git's objects, or too large. */
export function readLoose(file: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = inflateSync(bytesOf(file), { maxOutputLength: longestHead + largestObject });
  } catch {
    throw new PackDamage("a loose object that cannot be read");
  }
  const end = bytes.indexOf(0);
  const [type = "", size] = bytes.toString("latin1", 0, Math.min(longestHead, Math.max(0, end))).split(" ");
  if (!["blob", "tree", "commit", "tag"].includes(type) || Number(size) !== bytes.length - end - 1) {
    throw new PackDamage("a loose object with a wrong head");
  }
  return type === "blob" ? bytes.subarray(end + 1) : undefined;
}

function bytesOf(file: string): Buffer {
  const descriptor = openRegularSync(file);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
