/** What findings about packages carry; the wire form of the model's package-finding.ts, field for field. */
import { Type } from "typebox";
import { ecosystems } from "#model/ecosystem.ts";

export const ecosystemName = Type.Enum(ecosystems);
export const relationName = Type.Enum(["root", "workspace", "direct", "transitive", "unknown"] as const);

export const packageReference = Type.Object({
  ecosystem: ecosystemName,
  purl: Type.String(),
  name: Type.String(),
  version: Type.Optional(Type.String()),
  manifest: Type.String({ description: "The file that stands for it: the lock file, the project" }),
  relation: relationName,
  isDevelopment: Type.Boolean(),
  via: Type.Optional(Type.Array(Type.String({ description: "`name@version`, from the direct dependency on" }))),
  frameworks: Type.Optional(Type.Array(Type.String())),
});

export const advisory = Type.Object({
  id: Type.String(),
  aliases: Type.Array(Type.String()),
  title: Type.String(),
  published: Type.Optional(Type.String()),
  modified: Type.Optional(Type.String()),
  cvss: Type.Optional(Type.Object({ score: Type.Number(), vector: Type.String() })),
  likelihood: Type.Optional(
    Type.Object({ probability: Type.Number(), percentile: Type.Number(), asOf: Type.String() }),
  ),
  exploited: Type.Optional(
    Type.Object({ added: Type.String(), due: Type.Optional(Type.String()), inRansomware: Type.Boolean() }),
  ),
  weaknesses: Type.Array(Type.String()),
  references: Type.Array(Type.String()),
  fixedIn: Type.Array(Type.String()),
  source: Type.String({ description: "The database and its licence" }),
});

export const upgrade = Type.Object({
  name: Type.String(),
  from: Type.Optional(Type.String()),
  to: Type.String(),
  crossesMajor: Type.Boolean(),
  isCertain: Type.Boolean(),
  by: Type.Enum(["raise", "override"] as const),
});

export const reachability = Type.Object({
  is: Type.Enum(["imported", "imported-by-tests", "not-imported", "unknown"] as const),
  example: Type.Optional(Type.String()),
  through: Type.Optional(Type.String()),
});

export const risk = Type.Object({
  score: Type.Number(),
  level: Type.Enum(["low", "medium", "high", "unknown"] as const),
  confidence: Type.Number(),
  factors: Type.Array(
    Type.Object({
      name: Type.String(),
      points: Type.Number(),
      datum: Type.String(),
      asOf: Type.String(),
      source: Type.String(),
      isGate: Type.Optional(Type.Boolean()),
    }),
  ),
});

export const licenseDecision = Type.Object({
  expression: Type.Optional(Type.String()),
  from: Type.Enum(["manifest", "registry", "text", "none"] as const),
  decidedBy: Type.Optional(Type.String()),
  category: Type.String(),
  rule: Type.String(),
});
