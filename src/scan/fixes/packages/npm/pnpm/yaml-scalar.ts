/** Texts as pnpm's YAML writer puts them: plain where that is unambiguous, in single quotes otherwise. Refuses what it would escape. */

const unprintable = /[^\n\x20-\x7e\xa1-\ud7ff\ue000-\ufffd]|\u2028|\u2029|\ufeff/u;
const refusedFirst = /^[\s\-?:,[\]{}#&*!|=>'"%@`]/;
/** What would be read as something else than a text: nothing, a switch, a number, a date. */
const ambiguous =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+|\d[\d_]*)|[-+]?(?:\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.[\d_]+(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)|\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d[\d:. \tZ+-]*)$/;

/** In one line; `isInFlow` stands between braces or brackets. Undefined if it would need a double quote. */
export function yamlScalar(text: string, isInFlow = false): string | undefined {
  if (text.includes("\n") || unprintable.test(text)) return undefined;
  if (text === "") return "''";
  const isPlain =
    !refusedFirst.test(text) &&
    !/[\s:]$|:\s|\s#/.test(text) &&
    !(isInFlow && /[,[\]{}]/.test(text)) &&
    !ambiguous.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}

/** Behind a key, of several lines where it has some. */
export function yamlText(text: string, indent: string): string | undefined {
  if (!text.includes("\n")) return yamlScalar(text);
  if (unprintable.test(text) || /^\n* /.test(text) || text.endsWith("\n\n")) return undefined;
  const isEnded = text.endsWith("\n");
  const lines = (isEnded ? text.slice(0, -1) : text).split("\n").map((line) => (line === "" ? "" : indent + line));
  return `|${isEnded ? "" : "-"}\n${lines.join("\n")}`;
}

/** `{a: b}` as pnpm writes it. */
export function yamlFlowMap(members: Readonly<Record<string, string>>): string | undefined {
  const parts = Object.entries(members).map(([key, value]) => {
    const [name, text] = [yamlScalar(key, true), yamlScalar(value, true)];
    return name === undefined || text === undefined ? undefined : `${name}: ${text}`;
  });
  return parts.includes(undefined) ? undefined : `{${parts.join(", ")}}`;
}

export function yamlFlowList(items: readonly string[]): string | undefined {
  const parts = items.map((item) => yamlScalar(item, true));
  return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
}
