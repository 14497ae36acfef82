/** The words of rules, and what people decide about them; an id holds a slash, so addresses carry it url-encoded. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const ruleWords = Type.Object({
  id: Type.String(),
  scanner: scannerName,
  title: Type.String(),
  severity: severityName,
  why: Type.String(),
  fix: Type.String(),
  links: Type.Array(Type.String()),
  aliases: Type.Array(Type.String()),
  provider: nullable(Type.String({ description: "Secrets: whose they are" })),
  looksLike: nullable(Type.String({ description: "Secrets: what they look like, in words" })),
  frameworks: Type.Array(Type.String({ description: "Languages of infrastructure that it looks at: `terraform` ..." })),
  resourceTypes: Type.Array(Type.String({ description: "What it looks at there: `azurerm_storage_account` ..." })),
  /** What published control catalogues call the concern that it serves. */
  controls: nullable(
    Type.Object({
      title: Type.String(),
      cis: Type.Array(Type.String()),
      nist: Type.Array(Type.String()),
      pci: Type.Array(Type.String()),
      mcsb: Type.Array(Type.String()),
    }),
  ),
});
export type RuleWords = Static<typeof ruleWords>;

const ruleSetting = Type.Object({
  instanceId: id,
  enabled: Type.Boolean(),
  severity: nullable(severityName),
  changedBy: Type.String(),
  changedAt: time,
});

export const ruleAnswer = Type.Object({
  ...ruleWords.properties,
  /** By instance; one that is not listed has the rule on, with its own severity. */
  settings: Type.Array(ruleSetting),
});
export type RuleDetail = Static<typeof ruleAnswer>;

const ruleSorts = ["severity", "-severity", "title", "-title"] as const;

/** Repeat a parameter for several values: `severity=critical&severity=high`. */
export const rulesQuery = Type.Object({
  ...pageQuery,
  search: Type.Optional(
    Type.String({
      maxLength: 200,
      description: "Words, each a part of id, alias (`CKV_AZURE_44`), title, provider or a type of resource",
    }),
  ),
  severity: Type.Optional(Type.Array(severityName)),
  scanner: Type.Optional(Type.Array(scannerName)),
  framework: Type.Optional(Type.Array(Type.String({ maxLength: 50 }))),
  /** Only rules that this instance has switched off or graded otherwise. */
  changedIn: Type.Optional(id),
  /** Only rules that some instance has switched off or graded otherwise. */
  changed: Type.Optional(Type.Boolean()),
  /** Default: by id. `severity` sorts the worst first. */
  sort: Type.Optional(Type.Enum(ruleSorts)),
});
export type RulesQuery = Partial<Static<typeof rulesQuery>>;

export const rulesAnswer = Type.Object({
  ...pageOf(ruleAnswer).properties,
  /** Every framework that some rule looks at, to choose from. */
  frameworks: Type.Array(Type.String()),
});
export type Rules = Static<typeof rulesAnswer>;

const ruleId = Type.String({ minLength: 1, maxLength: 300 });
export const ruleParams = Type.Object({ id: ruleId });
export const ruleSettingParams = Type.Object({ id: ruleId, instanceId: id });

export const ruleSettingBody = Type.Object(
  {
    enabled: Type.Boolean(),
    /** In place of the rule's own; null: as the rule has it. */
    severity: nullable(severityName),
  },
  { additionalProperties: false },
);
export type RuleSettingBody = Static<typeof ruleSettingBody>;
