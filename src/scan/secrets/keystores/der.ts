/** Elements of DER, as far as key files need them: definite lengths, tags of one byte. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

export const derTags = { integer: 0x02, octets: 0x04, identifier: 0x06, sequence: 0x30, explicit0: 0xa0 } as const;

/** Undefined if no whole element stands there. */
export function derAt(bytes: Buffer, at = 0): DerElement | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + count;
  if (first === 0x80 || count > 4 || start > bytes.length) return undefined;
  const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
  if (length > bytes.length - start) return undefined;
  return { tag, content: bytes.subarray(start, start + length), end: start + length };
}

/** The elements inside one, at most so many; those behind a broken one are left out. */
export function derInside({ content }: Pick<DerElement, "content">, most = 1000): readonly DerElement[] {
  const found: DerElement[] = [];
  for (let at = 0; at < content.length && found.length < most; ) {
    const element = derAt(content, at);
    if (element === undefined) break;
    found.push(element);
    at = element.end;
  }
  return found;
}

/** Writes one. */
export function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
}
