/** Secrets that a run has printed. */
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import type { LogSecret } from "../run-evidence.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const secret: LogSecret = {
  logId: 8,
  step: "Restore",
  line: 41,
  look: { rule: "secrets/nuget-api-key", masked: "oy2a… (46 characters)" },
};

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-secret-in-log",
    aliases: ["ado-run-secret-in-log", "Secrets found in logs of an Azure Pipelines pipeline", "SearchBuildLogs"],
    title: "The log of a run shows a secret",
    severity: "critical",
    risks: ["CICD-SEC-6"],
    why: "Everybody who may see the run reads the secret, in a public project the whole world, for as long as the run is kept.",
    abuse: "Somebody searches the logs of all runs for the forms of known secrets, which needs read rights only.",
    fix: "Change the secret first. Then delete the run, and let the step not print it: pass the value as a secret variable, or mark it with ##vso[task.setsecret] before it is used.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables"],
    judge: logAnswer,
    examples: {
      bad: [
        { logSecrets: [secret] },
        { logSecrets: [{ ...secret, look: { rule: "secrets/password", masked: "(12 characters)" } }] },
      ],
      good: [{ logSecrets: [] }],
    },
  }),
];

/** Rules that know a secret by the name beside it alone. */
const byName: ReadonlySet<string> = new Set(["secrets/password", "secrets/secret-literal"]);

function logAnswer({ logSecrets, areLogsCut, run, project }: GivenRun): PostureAnswer {
  if (logSecrets.is === "unknown") return notEvaluated(`Its logs were not searched: ${logSecrets.reason}`);
  const found = logSecrets.value;
  const [first] = found;
  if (!first) {
    return areLogsCut
      ? notEvaluated("Some of its logs are too long to be searched whole; nothing was found in what was.")
      : pass;
  }
  const isSure = found.some(({ look }) => !byName.has(look.rule));
  const isPublic = project?.visibility === "public";
  const more = found.length > 1 ? `, and ${found.length - 1} more` : "";
  const because = isPublic ? "the project is public" : isSure ? undefined : "it is known by the name beside it only";
  return fail(
    isSure || isPublic ? "critical" : "high",
    `line ${first.line} of the log of ${first.step} shows what looks like ${first.look.rule.replace("secrets/", "")}${more}`,
    {
      ...(because !== undefined && { severityBecause: because }),
      evidence: found.slice(0, 20).map(({ logId, step, line, look, url }) => ({
        what: `build ${run.id}, log ${logId} (${step}), line ${line}: ${look.rule} ${look.masked}`,
        url: url ?? run.url,
      })),
    },
  );
}
