/** Places values in templates and reads them back with the product's own reader: what it misses nobody can learn. */

import type { NameKind } from "../../src/scan/secrets/assignments/name-words.ts";
import { type NamedLiteral, readNamedLiteral } from "../../src/scan/secrets/assignments/read-named-literal.ts";
import { refusalOf } from "../../src/scan/secrets/judgement/literal-refusals.ts";
import { pathFacts } from "../../src/scan/secrets/paths/path-facts.ts";
import { featuresOf } from "../../src/scan/secrets/scoring/features.ts";
import { factsOf } from "../../src/scan/secrets/scoring/score-literal.ts";
import type { Row } from "./boost.ts";
import type { Random } from "./random.ts";
import { type Names, templateFamilies } from "./templates.ts";

export interface Sample extends Row {
  /** What is left out together in validation. */
  readonly family: string;
  readonly source: string;
  readonly value: string;
  readonly text: string;
}

const keywords = /pass|pwd|secret|token|key|credential|bearer|auth|salt|nonce|identified by/gi;

/** All named literals of a text that are not refused outright. */
export function literalsIn(path: string, text: string): readonly (NamedLiteral & { readonly file: string })[] {
  const facts = pathFacts(path);
  if (facts === undefined) return [];
  const view = { bytes: Buffer.from(text), facts };
  const latin = view.bytes.toString("latin1");
  const found: (NamedLiteral & { readonly file: string })[] = [];
  let skipTo = 0;
  for (const match of latin.matchAll(keywords)) {
    if (match.index < skipTo) continue;
    const literal = readNamedLiteral(view, { start: match.index, end: match.index + match[0].length });
    if (literal === undefined) continue;
    if (refusalOf(literal) !== undefined) continue;
    skipTo = literal.assignment.end;
    found.push({ ...literal, file: facts.kind });
  }
  return found;
}

export function sampleOf(
  literal: NamedLiteral & { readonly file: string },
  label: 0 | 1,
  weight: number,
  { family, source, text }: Pick<Sample, "family" | "source" | "text">,
): Sample {
  return {
    features: featuresOf(factsOf(literal, literal.file)),
    label,
    weight,
    family,
    source,
    value: literal.value,
    text,
  };
}

const owners = [
  "db",
  "admin",
  "smtp",
  "api",
  "app",
  "mysql",
  "redis",
  "mail",
  "root",
  "service",
  "ftp",
  "ldap",
  "aws",
  "client",
  "oauth",
  "jenkins",
  "user",
  "proxy",
  "site",
  "bot",
];

const cores: Readonly<Record<Exclude<NameKind, "bare-key">, readonly string[]>> = {
  password: ["password", "password", "password", "passwd", "pwd", "pass", "passphrase"],
  secret: ["secret", "secret", "client secret", "credential"],
  token: ["token", "token", "access token", "auth token", "refresh token", "bearer"],
  key: ["api key", "api key", "secret key", "access key", "private key", "encryption key"],
  auth: ["auth", "authorization"],
  salt: ["salt", "nonce"],
};

export function namesFor(kind: NameKind, random: Random): Names {
  const bare = kind === "bare-key" ? "key" : random.of(cores[kind]);
  const owner = random.of(owners);
  const words = random.chance(0.45) ? bare.split(" ") : `${owner} ${bare}`.split(" ");
  const pascal = words.map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`).join("");
  return {
    camel: `${pascal[0]!.toLowerCase()}${pascal.slice(1)}`,
    pascal,
    snake: words.join("_"),
    upper: words.join("_").toUpperCase(),
    dashed: words.join("-"),
    owner,
    bare: bare.replace(" ", "_"),
  };
}

const families = Object.keys(templateFamilies);

/** The value in a template of the family, or of any; undefined if the reader did not find it there. */
export function placed(
  value: string,
  kind: NameKind,
  random: Random,
  only?: string,
): {
  readonly literal: (NamedLiteral & { readonly file: string }) | undefined;
  readonly template: string;
  readonly text: string;
} {
  const family = only ?? random.of(families);
  const template = random.of(templateFamilies[family]!);
  const text = template.of(namesFor(kind, random), value);
  const literal = literalsIn(template.path, text).find((one) => one.value === value);
  return { literal, template: family, text: `${template.path}: ${text}` };
}
