/** What the types of package URLs add to the syntax: what is written without case, what must be there and what must not. */
import { packageKey } from "#model/package-key.ts";
import type { Purl } from "./purl-text.ts";

interface PurlRules {
  /** Parts that are written in lower case. */
  readonly lower?: readonly ("namespace" | "name" | "version")[];
  readonly needs?: readonly ("namespace" | "version")[];
  /** Qualifiers that must be there. */
  readonly needsQualifiers?: readonly string[];
  readonly hasNoNamespace?: boolean;
  /** What a name must look like. */
  readonly name?: RegExp;
  change?(this: void, purl: Purl): Purl;
  isRight?(this: void, purl: Purl): boolean;
}

const lowerNames = { lower: ["namespace", "name"] } as const satisfies PurlRules;

const rules: Readonly<Record<string, PurlRules>> = {
  alpm: { ...lowerNames, needs: ["namespace"] },
  apk: { ...lowerNames, needs: ["namespace"] },
  bitbucket: { ...lowerNames, needs: ["namespace"] },
  bitnami: { lower: ["name"], hasNoNamespace: true },
  brew: { lower: ["name"] },
  cargo: { hasNoNamespace: true },
  "chrome-extension": { lower: ["name"], hasNoNamespace: true, name: /^[a-p]{32}$/ },
  cocoapods: { hasNoNamespace: true, name: /^[^.\s+][^\s+]*$/ },
  composer: lowerNames,
  // A user has a channel, and a channel has a user.
  conan: {
    isRight: ({ namespace, qualifiers }) =>
      namespace === undefined
        ? qualifiers?.channel === undefined || qualifiers.user !== undefined
        : qualifiers !== undefined,
  },
  // A module is no distribution.
  cpan: { name: /^(?!.*::)/s, change: (purl) => ({ ...purl, namespace: purl.namespace?.toUpperCase() }) },
  cran: { hasNoNamespace: true, needs: ["version"] },
  deb: { ...lowerNames, needs: ["namespace"] },
  gem: { hasNoNamespace: true },
  github: { ...lowerNames, needs: ["namespace"] },
  githubactions: lowerNames,
  gitlab: lowerNames,
  hackage: { hasNoNamespace: true },
  hex: lowerNames,
  huggingface: { lower: ["version"] },
  julia: { hasNoNamespace: true, needsQualifiers: ["uuid"] },
  luarocks: { lower: ["namespace", "name", "version"] },
  maven: { needs: ["namespace"] },
  // Databricks knows no case, others do.
  mlflow: {
    hasNoNamespace: true,
    change: (purl) =>
      purl.qualifiers?.repository_url?.includes("databricks") ? { ...purl, name: purl.name.toLowerCase() } : purl,
  },
  npm: lowerNames,
  nuget: { hasNoNamespace: true },
  oci: { lower: ["name"], hasNoNamespace: true },
  opam: { hasNoNamespace: true },
  otp: { lower: ["name"], hasNoNamespace: true },
  pub: {
    hasNoNamespace: true,
    change: (purl) => ({ ...purl, name: purl.name.toLowerCase().replace(/[^a-z0-9_]/g, "_") }),
  },
  pypi: { hasNoNamespace: true, change: (purl) => ({ ...purl, name: packageKey("PyPI", purl.name) }) },
  qpkg: { lower: ["namespace"], needs: ["namespace"] },
  rpm: { lower: ["namespace"], needs: ["namespace"] },
  swid: { needsQualifiers: ["tag_id"] },
  swift: { needs: ["namespace", "version"] },
  vcpkg: { hasNoNamespace: true },
  "vscode-extension": { lower: ["namespace", "name", "version"], needs: ["namespace"] },
  yocto: { lower: ["namespace"] },
};

function rulesOf({ type }: Purl): PurlRules {
  return Object.hasOwn(rules, type) ? rules[type]! : {};
}

export function inCanonicalForm(purl: Purl): Purl {
  const { lower = [], change } = rulesOf(purl);
  const lowered = { ...purl, ...Object.fromEntries(lower.map((part) => [part, purl[part]?.toLowerCase()])) };
  return change ? change(lowered) : lowered;
}

export function keepsRules(purl: Purl): boolean {
  const { needs = [], needsQualifiers = [], hasNoNamespace, name, isRight } = rulesOf(purl);
  return (
    needs.every((part) => purl[part]) &&
    needsQualifiers.every((key) => purl.qualifiers?.[key]) &&
    !(hasNoNamespace && purl.namespace) &&
    (name?.test(purl.name) ?? true) &&
    (isRight?.(purl) ?? true)
  );
}
