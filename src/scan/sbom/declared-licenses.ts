/** What manifests declare as licences, in the words of SPDX. What is no expression keeps its text under a `LicenseRef-`. */
import { createHash } from "node:crypto";
import type { PackageUse } from "#model/package-manifest.ts";
import { declaredLicense } from "../licenses/declared-license.ts";
import {
  type LicenseExpression,
  type NamedLicense,
  type UnknownLicense,
  writeExpression,
} from "../licenses/license-expression.ts";
import { exceptionId, licenseId } from "../licenses/spdx-ids.ts";
import { plainText, shortText } from "./plain-text.ts";

export interface DeclaredLicenses {
  /** A valid SPDX 2.3 expression. */
  readonly expression: string;
  /** The id, if it is one licence of SPDX's list and nothing else. */
  readonly id?: string;
  /** The texts behind the `LicenseRef-` of the expression. */
  readonly references: readonly LicenseText[];
  /** As the manifest has it. */
  readonly written: readonly string[];
}

export interface LicenseText {
  readonly id: string;
  readonly text: string;
}

/** More than that is no name. */
const longestText = 1000;

const nothingKnown = { factsOf: () => undefined };

export function declaredLicenses(use: PackageUse): DeclaredLicenses | undefined {
  const { expression } = declaredLicense(use, nothingKnown);
  if (expression === undefined) return undefined;
  const references: LicenseText[] = [];
  const written = (use.licenses ?? []).map((text) => shortText(text, longestText));
  const valid = inSpdx(expression, references);
  const isPlain = valid.is === "license" && references.length === 0 && !valid.orLater && valid.exception === undefined;
  return { expression: writeExpression(valid), ...(isPlain && { id: valid.id }), references, written };
}

function inSpdx(expression: LicenseExpression, references: LicenseText[]): LicenseExpression {
  if ("parts" in expression) {
    return { is: expression.is, parts: expression.parts.map((part) => inSpdx(part, references)) };
  }
  if (expression.is === "license" && isListed(expression)) return expression;
  const reference = referenceOf(expression);
  references.push(reference);
  return { is: "license", id: reference.id };
}

function isListed({ id, exception }: NamedLicense): boolean {
  return licenseId(id) === id && (exception === undefined || exceptionId(exception) === exception);
}

/** Without the hash only where the text can be read from the id. */
function referenceOf(expression: NamedLicense | UnknownLicense): LicenseText {
  const text = plainText(expression.is === "unknown" ? expression.text : writeExpression(expression));
  const name = text.replace(/^LicenseRef-/, "");
  const slug = name.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, 60);
  const mark = slug === name && slug !== "" ? "" : `-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
  return { id: `LicenseRef-${slug}${mark}`, text };
}
