/** Which variables are secrets, by what is known or by their name, and which jobs hold any. */
import { isTrue, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { Job } from "./pipeline.ts";
import type { PipelineFacts } from "./pipeline-facts.ts";
import { hasLine } from "./search-scripts.ts";

const secretName =
  /(?:^|[._-])(?:password|passwd|pwd|secret|token|apikey|api[._-]key|accesskey|access[._-]key|privatekey|private[._-]key|pat|connectionstring|clientsecret|credentials?)(?:$|[._-])|(?:password|secret|token|apikey|accesskey|privatekey|connectionstring)$/i;
const noSecret = /(?:name|id|uri|url|path|file|length|type|count|version|expiry|endpoint|thumbprint)$/i;

/** Known to be secret, or called like one. */
export function secretOf(name: string, { secretVariables }: PipelineFacts): "known" | "named" | undefined {
  if (/^system\.accesstoken$/i.test(name) || secretVariables?.[name.toLowerCase()]) return "known";
  // Where a shell reads it, $(pwd) is a command.
  if (/^pwd$/i.test(name) || /^(?:build|system|agent|pipeline|environment)\./i.test(name)) return undefined;
  return isCalledSecret(name) ? "named" : undefined;
}

export function isCalledSecret(name: string): boolean {
  return secretName.test(name) && !noSecret.test(name);
}

const macro = /\$\(([\w.-]{1,200})\)/g;

/** Whether steps of a job may read secrets of a group or a vault, or a connection's. */
export function holdsSecrets({ steps, visible }: Job, facts: PipelineFacts): boolean {
  return (
    visible.some(({ isGroup, name }) => isGroup && facts.groups?.[name.toLowerCase()]?.hasSecrets !== false) ||
    steps.some(
      (step) =>
        step.connections.length > 0 ||
        isTrue(valueAt(step.node, "persistCredentials")) ||
        /^azurekeyvault$/i.test(step.task?.name ?? "") ||
        step.env.some(({ value }) => [...value.text.matchAll(macro)].some(([, name = ""]) => secretOf(name, facts))) ||
        hasLine(step, /\$\(system\.accesstoken\)/i),
    )
  );
}
