/** What a plain YAML scalar means: a number, a boolean, null, or else its text. */

type Value = string | number | boolean | null;

const core: Readonly<Record<string, boolean | null>> = {
  "": null,
  "~": null,
  null: null,
  Null: null,
  NULL: null,
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

/** Words that YAML 1.1 adds. Single letters (y, n) are left out, as Kubernetes, PyYAML and Go leave them out. */
const older: Readonly<Record<string, boolean>> = {
  yes: true,
  Yes: true,
  YES: true,
  on: true,
  On: true,
  ON: true,
  no: false,
  No: false,
  NO: false,
  off: false,
  Off: false,
  OFF: false,
};

const decimal = /^[-+]?(?:\d+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/;
const prefixed = /^0(?:o[0-7]+|x[\da-fA-F]+)$/;
const olderInteger = /^([-+]?)0(?:b([01_]+)|([0-7_]+)|x([\da-fA-F_]+))$/;
const olderDecimal = /^[-+]?(?:0|[1-9][\d_]*)$/;
const special = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of an unquoted scalar under the core schema of YAML 1.2, or as YAML 1.1 has it. */
export function plainValue(text: string, yaml11: boolean): Value {
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (numeric) return numberOf(text, yaml11) ?? text;
  if (text.length > 5) return text;
  if (Object.hasOwn(core, text)) return core[text] ?? null;
  if (yaml11 && Object.hasOwn(older, text)) return older[text] ?? text;
  return text;
}

/** The value of a scalar that carries one of YAML's own tags; undefined for other tags. */
export function taggedValue(tag: string, text: string, yaml11: boolean): Value | undefined {
  switch (tag) {
    case "!!str":
    case "!!binary":
    case "!!timestamp":
      return text;
    case "!!null":
      return null;
    case "!!int":
    case "!!float":
      return numberOf(text, yaml11) ?? text;
    case "!!bool":
      return plainValue(text, true);
    default:
      return undefined;
  }
}

function numberOf(text: string, yaml11: boolean): number | undefined {
  const infinite = special.exec(text);
  if (infinite) {
    if (/nan/i.test(text)) return Number.NaN;
    return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (yaml11) {
    const older = olderNumber(text);
    if (older !== undefined) return older;
  }
  if (decimal.test(text) || prefixed.test(text)) return Number(text);
  return undefined;
}

function olderNumber(text: string): number | undefined {
  if (olderDecimal.test(text)) return Number(text.replaceAll("_", ""));
  const [, sign = "", binary, octal, hexadecimal] = olderInteger.exec(text) ?? [];
  const digits = (binary ?? octal ?? hexadecimal)?.replaceAll("_", "");
  if (!digits) return undefined;
  const value = Number.parseInt(digits, binary !== undefined ? 2 : octal !== undefined ? 8 : 16);
  return sign === "-" ? -value : value;
}
