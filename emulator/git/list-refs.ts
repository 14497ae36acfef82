/**
 * The list of refs that a talk of git begins with, written from their files: a fetch or push would start two processes for
 * it. What git can do, which stands behind the first ref, is told by git itself: its first list of each kind is kept for that.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { flushPacket, packetLine } from "./pkt-lines.ts";
import { readRefFiles } from "./ref-files.ts";

export type Service = "git-upload-pack" | "git-receive-pack";

/** As git writes them, without what is said of HEAD. */
const capabilities = new Map<Service, string>();

/** Keeps what a list that git wrote says of itself. */
export function learnCapabilities(service: Service, list: Buffer): void {
  const said = /\0([^\n]*)\n/.exec(list.toString("latin1"))?.[1];
  if (said !== undefined) capabilities.set(service, said.trim().replace(/ ?symref=\S+/, ""));
}

/** Undefined where git is to write it: for the first time, of no refs, and where tags may stand for other objects than commits. */
export async function listOfRefs(folder: string, service: Service): Promise<Buffer | undefined> {
  const can = capabilities.get(service);
  if (can === undefined) return undefined;
  const refs = [...(await readRefFiles(folder))];
  if (refs.length === 0 || refs.some(([name]) => name.startsWith("refs/tags/"))) return undefined;
  const head = service === "git-upload-pack" ? await readHead(folder, new Map(refs)) : undefined;
  const lines = [...(head ? [`${head.id} HEAD`] : []), ...refs.map(([name, id]) => `${id} ${name}`)];
  const [first = "", ...others] = lines;
  const symref = head ? ` symref=HEAD:${head.branch}` : "";
  return Buffer.concat([
    packetLine(Buffer.from(`# service=${service}\n`)),
    flushPacket,
    packetLine(Buffer.from(`${first}\0${can}${symref}\n`)),
    ...others.map((line) => packetLine(Buffer.from(`${line}\n`))),
    flushPacket,
  ]);
}

async function readHead(folder: string, refs: ReadonlyMap<string, string>) {
  const branch = (await readFile(join(folder, "HEAD"), "utf8")).replace(/^ref: /, "").trim();
  const id = refs.get(branch);
  return id === undefined ? undefined : { branch, id };
}
