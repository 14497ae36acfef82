/** Git's packet lines: reading the commands of a push, and putting other words into its report. */

export const flushPacket = Buffer.from("0000");

/** The lines up to the first flush, and where the rest begins; undefined while the head is not complete. */
export function readLines(bytes: Buffer): { readonly lines: readonly Buffer[]; readonly end: number } | undefined {
  const lines: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = Number.parseInt(bytes.toString("latin1", at, at + 4), 16);
    if (length === 0) return { lines, end: at + 4 };
    if (!(length >= 4) || at + length > bytes.length) return undefined;
    lines.push(bytes.subarray(at + 4, at + length));
    at += length;
  }
  return undefined;
}

export function packetLine(content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from((content.length + 4).toString(16).padStart(4, "0")), content]);
}

export interface PushCommand {
  readonly oldObjectId: string;
  readonly newObjectId: string;
  readonly name: string;
}

/** What the body of a git-receive-pack request asks for; other lines (shallow, certificates) are passed over. */
export function pushCommands(body: Buffer): readonly PushCommand[] {
  return (readLines(body)?.lines ?? []).flatMap((one) => {
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) ([^\0\n]+)/.exec(one.toString());
    const [, oldObjectId, newObjectId, name] = match ?? [];
    return oldObjectId && newObjectId && name ? [{ oldObjectId, newObjectId, name }] : [];
  });
}

/** Capabilities stand behind the first line of a request: after a NUL in a push, after a blank in a fetch. */
export function capabilitiesOf(body: Buffer): ReadonlySet<string> {
  const first = readLines(body)?.lines[0]?.toString() ?? "";
  return new Set(first.split(/[\0 \n]/));
}

/** Gives each `ng REF reason` of a push's report the reason that `reasonOf` knows, and keeps the others. */
export function rewriteReport(body: Buffer, reasonOf: (ref: string, reason: string) => string | undefined): Buffer {
  const outer = readLines(body);
  if (!outer) return body;
  const rest = body.subarray(outer.end);
  const isBanded = outer.lines.some((one) => one[0] === 1 || one[0] === 2);
  if (!isBanded)
    return Buffer.concat([...outer.lines.map((one) => packetLine(rewriteLine(one, reasonOf))), flushPacket, rest]);
  const others = outer.lines.filter((one) => one[0] !== 1);
  const report = Buffer.concat(outer.lines.filter((one) => one[0] === 1).map((one) => one.subarray(1)));
  const lines = readLines(report)?.lines ?? [];
  const rewritten = Buffer.concat([...lines.map((one) => packetLine(rewriteLine(one, reasonOf))), flushPacket]);
  const banded: Buffer[] = [];
  for (let at = 0; at < rewritten.length; at += 65_000)
    banded.push(packetLine(Buffer.concat([Buffer.from([1]), rewritten.subarray(at, at + 65_000)])));
  return Buffer.concat([...others.map(packetLine), ...banded, flushPacket, rest]);
}

function rewriteLine(content: Buffer, reasonOf: (ref: string, reason: string) => string | undefined): Buffer {
  const [, ref = "", reason = ""] = /^ng (\S+) (.*?)\n?$/.exec(content.toString()) ?? [];
  const other = ref ? reasonOf(ref, reason) : undefined;
  return other === undefined ? content : Buffer.from(`ng ${ref} ${other}\n`);
}
