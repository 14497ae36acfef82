/** A licence expression, read. What could not be read stands in it as the text that it is. */

export type LicenseExpression = NamedLicense | CombinedLicenses | UnknownLicense;

export interface NamedLicense {
  readonly is: "license";
  /** As SPDX writes it; `LicenseRef-...`, `DocumentRef-...:LicenseRef-...` and `UNLICENSED` (nobody may use it) as they are. */
  readonly id: string;
  /** This version or a later one, where the id itself does not say so: `Apache-2.0+`. */
  readonly orLater?: boolean;
  readonly exception?: string;
}

export interface CombinedLicenses {
  readonly is: "and" | "or";
  readonly parts: readonly LicenseExpression[];
}

export interface UnknownLicense {
  readonly is: "unknown";
  readonly text: string;
}

/** Nested ones in parentheses; unknown text in quotation marks. */
export function writeExpression(expression: LicenseExpression, isNested = false): string {
  if (expression.is === "unknown") return `"${expression.text}"`;
  if (expression.is === "license") {
    const { id, orLater, exception } = expression;
    return `${id}${orLater ? "+" : ""}${exception === undefined ? "" : ` WITH ${exception}`}`;
  }
  const text = expression.parts
    .map((part) => writeExpression(part, true))
    .join(expression.is === "or" ? " OR " : " AND ");
  return isNested ? `(${text})` : text;
}

/** Flat, and each part once; a single part is itself. */
export function combine(is: "and" | "or", parts: readonly LicenseExpression[]): LicenseExpression {
  const found = new Map<string, LicenseExpression>();
  for (const part of parts) {
    for (const one of part.is === is ? part.parts : [part]) found.set(writeExpression(one), one);
  }
  const [first, ...rest] = found.values();
  return first !== undefined && rest.length === 0 ? first : { is, parts: [...found.values()] };
}
