/** Whether a class of people has a permission: by the lists that were read, or, where none were, by what Azure DevOps gives to contributors. */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import { hasAccess, holdersOf, sayHolder } from "../facts/access-of.ts";
import { repositoryPage } from "../facts/pages-of.ts";
import type { EntryClass } from "./entry-classes.ts";
import { type Ground, type ProjectGround, proof } from "./ground.ts";

export interface Right {
  readonly certainty: PathCertainty;
  /** Empty, or what is not known about it, as a sentence with a space before it. */
  readonly doubt: string;
  readonly evidence: readonly Evidence[];
}

/** The first of the actions that this edition has is asked for. */
export interface Asked {
  readonly space: "git" | "build";
  readonly tokens: readonly string[];
  readonly actions: readonly string[];
  /** Contributors have it unless somebody took it away. */
  readonly isUsual: boolean;
  readonly url?: string;
}

type Askers = Pick<EntryClass, "subjects"> & Partial<Pick<EntryClass, "is">>;

export function rightOf(ground: Ground, { facts }: ProjectGround, entry: Askers, asked: Asked): Right | undefined {
  const { access } = facts;
  const { membership } = ground;
  if (access.is === "unknown" || (entry.subjects.length === 0 && entry.is === "contributors")) {
    if (!asked.isUsual || entry.is !== "contributors") return undefined;
    const reason = access.is === "unknown" ? access.reason : "Its group Contributors is not known.";
    const what = `permissions of ${facts.name} are not known; contributors have ${asked.actions[0]} unless it was taken away`;
    return { certainty: "possible", doubt: ` Permissions were not seen: ${reason}`, evidence: [proof(what)] };
  }
  const space = access.value[asked.space];
  const action = asked.actions.find((one) => space.actions[one] !== undefined);
  if (action === undefined) return undefined;
  const subject = entry.subjects.find(
    (one) => hasAccess(space, asked.tokens, action, { subject: one, membership }) === true,
  );
  if (subject === undefined) return undefined;
  const circles = membership?.circlesOf(subject) ?? new Set([subject]);
  const holder = holdersOf(space, asked.tokens, action, membership)?.find((one) => circles.has(one.subject));
  const url = asked.url ?? repositoryPage(ground.facts, facts, { id: "", tab: "permissions" });
  const what = holder ? sayHolder(holder) : `permissions on ${asked.tokens.at(-1)}: ${action} is allowed`;
  return { certainty: "authorised", doubt: "", evidence: [proof(what, { url, at: access.at })] };
}
