/** Writes a policy as people write one, so that what was made in the console can go on as code. Defaults are left out. */
import { Document, isScalar, isSeq, visit } from "yaml";
import type { Policy } from "#model/policy.ts";
import { policyOf, type WrittenPolicy } from "./policy-form.ts";

export function writePolicy(policy: Policy): string {
  return yamlOf(writtenOf(policy));
}

/** Several in one file. */
export function writePolicies(policies: readonly Policy[]): string {
  return yamlOf({ policies: policies.map(writtenOf) });
}

function writtenOf(policy: Policy): WrittenPolicy {
  const { id, name, description, enabled, when, triggers, actions, graceDays } = policy;
  const usual = policyOf({ id, actions });
  const scope = Object.fromEntries(Object.entries(policy.scope).filter(([, globs]) => globs.length > 0));
  const { fails, afterMinutes } = policy.unfinished;
  return {
    id,
    ...(name !== usual.name && { name }),
    ...(description !== undefined && { description }),
    ...(!enabled && { enabled }),
    ...(when.length > 0 && { when }),
    ...(Object.keys(scope).length > 0 && { scope }),
    triggers,
    actions,
    ...(graceDays !== usual.graceDays && { graceDays }),
    ...((fails !== usual.unfinished.fails || afterMinutes !== usual.unfinished.afterMinutes) && {
      unfinished: { fails, afterMinutes },
    }),
  };
}

function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, list) => {
      if (isSeq(list) && list.items.every(isScalar)) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
}
