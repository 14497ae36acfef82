/** Who is behind a run: the person who pushed or clicked, not the part of Azure DevOps that queued it for them. */
import type { PersonReference, RunFact } from "#model/posture/pipeline-facts.ts";

/** Undefined: Azure DevOps names nobody. */
export function askedBy({ requestedBy, requestedFor }: RunFact): PersonReference | "the system" | undefined {
  const named = [requestedBy, requestedFor].filter((one) => one !== undefined);
  const person = named.find((one) => !isSystem(one));
  return person ?? (named.length > 0 ? "the system" : undefined);
}

/** Somebody started it, or a call in their name; nothing that happened did. */
export function isByHand({ reason }: RunFact): boolean {
  return /^(?:manual|userCreated)$/i.test(reason);
}

function isSystem({ name, descriptor }: PersonReference): boolean {
  return (
    /^(?:microsoft\.(?:visualstudio\.services|teamfoundation|azure\.pipelines)\b|azure devops service$|team foundation service$|github$)/i.test(
      name,
    ) || /^(?:s2s|sts)\./i.test(descriptor ?? "")
  );
}
