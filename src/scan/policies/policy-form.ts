/** The fields of a policy as people write it: the reader, the published schema and the documentation follow from this. */
import { isMap } from "yaml";
import {
  branchKinds,
  novelties,
  type Policy,
  type PolicyConditions,
  policyActions,
  policyTriggers,
} from "#model/policy.ts";
import { scannerNames } from "#model/scanner-name.ts";
import { severities } from "#model/severity.ts";
import { byDemand } from "../licenses/category-of.ts";
import { type Fields, type Form, flag, type JsonSchema, mapping, number, oneOf, someOf, text } from "./form.ts";

export interface WrittenPolicy {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly enabled?: boolean;
  readonly when?: readonly PolicyConditions[];
  readonly scope?: Partial<Policy["scope"]>;
  readonly triggers?: Policy["triggers"];
  readonly actions: Policy["actions"];
  readonly graceDays?: number;
  readonly unfinished?: Partial<Policy["unfinished"]>;
}

const globs = someOf(text({ what: "a pattern" }));
const aDay = 1440;

/** What a case may say about a finding as well, with the same words. */
export const findingWords = {
  rule: text({ what: "a rule's id" }),
  severity: oneOf(severities, "it is the mildest that counts, worse ones count as well"),
  scanner: oneOf(scannerNames),
  urgency: number({ least: 0, most: 100 }),
  relation: oneOf(["direct", "transitive"]),
  exploitLikelihood: number({ least: 0, most: 1 }),
  reachability: oneOf(["imported", "imported-by-tests", "not-imported", "unknown"]),
  licenseCategory: oneOf(byDemand),
  live: oneOf(["live", "not-live", "unknown", "not-asked"]),
  age: number({ least: 0, most: 10_000 }),
  novelty: oneOf(novelties),
  branch: oneOf(branchKinds),
  trigger: oneOf(policyTriggers),
} as const;

const words = findingWords;

const conditionFields: Fields<PolicyConditions> = {
  scanner: [someOf(words.scanner), "One of these scanners found it."],
  rule: [
    globs,
    "Patterns of a rule's id, with or without its scanner, of its aliases in other tools, or of an advisory's ids.",
  ],
  severity: [words.severity, "It is as severe as this, or worse."],
  urgency: [words.urgency, "Its urgency is at least this, 0 to 100."],
  fixAvailable: [flag, "Whether it is known how to fix it: an edit, or a version without the problem."],
  relation: [words.relation, "It is about a package that is a direct or a transitive dependency."],
  package: [globs, "Patterns of a package's name."],
  development: [flag, "Whether it is about a package that only development needs."],
  knownExploited: [flag, "Whether the vulnerability is known to be used in attacks (CISA's list)."],
  exploitLikelihood: [words.exploitLikelihood, "Its EPSS score is at least this, 0 to 1."],
  reachability: [someOf(words.reachability), "What imports tell about the use of the package."],
  licenseCategory: [someOf(words.licenseCategory), "The licence is of one of these kinds."],
  live: [someOf(words.live), "What a secret's provider said when it was asked."],
  inHead: [
    flag,
    "False: a secret that the default branch does not hold now: another branch does, or only the history.",
  ],
  path: [globs, "Patterns of the path of the file, or of the manifest that names the package."],
  age: [words.age, "It was first seen at least so many days ago."],
  novelty: [words.novelty, "Whether the change brought it, or it was there before."],
  repository: [globs, "Patterns of project/repository, or of the repository's name alone."],
  project: [globs, "Patterns of the project's name."],
  tag: [globs, "Patterns of the repository's tags."],
  branch: [someOf(words.branch), "The branch is of one of these kinds; of a pull request: its target."],
};

const conditions = notEmpty(mapping<PolicyConditions>(conditionFields));

const scope = mapping<NonNullable<WrittenPolicy["scope"]>>({
  repositories: [globs, "Patterns of project/repository, or of the repository's name alone."],
  projects: [globs, "Patterns of projects' names."],
  tags: [globs, "One of these tags is on the repository."],
});

const unfinished = mapping<NonNullable<WrittenPolicy["unfinished"]>>({
  fails: [oneOf(["open", "closed"]), "open lets pass what could not be scanned, closed blocks it. Default: open."],
  afterMinutes: [number({ least: 0, most: 7 * aDay, whole: true }), "How long is waited for it. Default: 60."],
});

const policyFields: Fields<WrittenPolicy> = {
  id: [
    text({
      most: 64,
      pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
      what: "small letters and digits with dashes between them (block-live-secrets)",
    }),
    "What verdicts, comments and settings call it. No two policies have the same.",
  ],
  name: [text({ most: 200 }), "What people read. Default: its id."],
  description: [text({ most: 2000 }), "What it is for."],
  enabled: [flag, "False: it decides nothing. Default: true."],
  when: [
    someOf(conditions, 50),
    "Groups of conditions: in one of them everything must hold. Left out: it is for every finding.",
  ],
  scope: [scope, "Where it is in force. Left out: everywhere."],
  triggers: [someOf(words.trigger), "What makes it decide. Default: pull-request."],
  actions: [someOf(oneOf(policyActions)), "What follows."],
  graceDays: [
    number({ least: 0, most: 3650, whole: true }),
    "Days from the first sight of a finding in which it does not block yet. Default: 0.",
  ],
  unfinished: [unfinished, "What happens if a scan does not end, where this policy may block."],
};

/** `beside`: what a policy's file may hold as well. */
export function policyForm(beside: Readonly<Record<string, JsonSchema>>): Form<WrittenPolicy> {
  return mapping<WrittenPolicy>(policyFields, ["id", "actions"], beside);
}

export const policyFieldNames = Object.keys(policyFields);

export function policyOf(written: WrittenPolicy): Policy {
  const { id, name = id, description, enabled = true, when = [], scope: where = {}, triggers, actions } = written;
  const { fails = "open", afterMinutes = 60 } = written.unfinished ?? {};
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    enabled,
    when,
    scope: { repositories: [], projects: [], tags: [], ...where },
    triggers: triggers ?? ["pull-request"],
    actions,
    graceDays: written.graceDays ?? 0,
    unfinished: { fails, afterMinutes },
  };
}

/** A group without conditions would take every finding, which nobody means who writes one. */
function notEmpty<T extends object>(form: Form<T>): Form<T> {
  return {
    schema: { ...form.schema, minProperties: 1 },
    read(reader, node, field) {
      if (!isMap(node) || node.items.length > 0) return form.read(reader, node, field);
      return reader.tell(node, {
        field,
        expected: "at least one condition",
        found: "none",
        hint: "leave `when` out to take every finding",
      });
    },
  };
}
