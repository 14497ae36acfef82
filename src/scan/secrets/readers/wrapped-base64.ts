interface WrappedBase64 {
  /** Without what parts the lines. */
  readonly text: string;
  readonly end: number;
  /** Bytes that were looked at: blanks behind the end, too. */
  readonly looked: number;
}

/** Base64 over line breaks, also those written as `\r\n` in JSON and `&#xA;` in XML; its padding ends it. */
export function wrappedBase64(bytes: Buffer, start: number, most: number): WrappedBase64 {
  const window = bytes.toString("latin1", start, start + most);
  const piece = /([A-Za-z0-9+/]+={0,2})|\\{1,2}[rn]|&#x[AD];|[\r\n\t ]+/gy;
  let text = "";
  let end = 0;
  let looked = 0;
  for (let match = piece.exec(window); match !== null; match = piece.exec(window)) {
    looked = match.index + match[0].length;
    if (match[1] === undefined) continue;
    text += match[1];
    end = looked;
    if (match[1].endsWith("=")) break;
  }
  return { text, end: start + end, looked };
}
