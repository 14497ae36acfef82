/** Values that somebody gave a run when queueing it, and that do more than choose. */
import type { DefinitionFact, GivenValue } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { compareSeverity, type Severity } from "#model/severity.ts";
import { exampleDefinition, examplePipeline } from "../../example-facts.ts";
import type { JudgedPipeline } from "../../pipelines/judged-pipeline.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import { exampleVariable } from "../../resource-examples.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const variable = (name: string, ...holds: GivenValue["holds"]): GivenValue => ({ name, is: "variable", holds });
const parameter = (name: string, ...holds: GivenValue["holds"]): GivenValue => ({ name, is: "parameter", holds });
const withVariable = (allowOverride: boolean, name = "target") =>
  examplePipeline({
    definition: exampleDefinition({ variables: [exampleVariable({ name, allowOverride })] }),
  });
const injectable = examplePipeline({
  injections: [{ by: "whoever-queues", job: "build/compile", evidence: { what: "azure-pipelines.yml:12" } }],
});
const manual = (...given: readonly GivenValue[]) => ({ reason: "manual", given });

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-suspicious-override",
    aliases: ["ado-run-queue-override"],
    title: "A run was queued with values that do more than choose",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "Values that are given when a run is queued reach scripts and the environment of jobs without any change of code, and no review sees them.",
    abuse:
      "Whoever may queue the pipeline gives a value with a command in it, or a variable that changes which program runs, and it runs with the rights of the pipeline.",
    fix: 'Ask who queued it what the values were for. Project settings > Pipelines > Settings: switch on "Limit variables that can be set at queue time"; give parameters a list of `values`.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/inputs"],
    judge: overrideAnswer,
    examples: {
      bad: [
        { ran: withVariable(true), run: manual(variable("target", "shell-characters")) },
        { ran: withVariable(true), run: manual(variable("target", "address")) },
        { ran: withVariable(false), run: manual(variable("target")) },
        { ran: withVariable(true), run: manual(variable("undeclared")) },
        { ran: withVariable(true), run: manual(variable("system.accesstoken", "system-name")) },
        { ran: withVariable(true), run: manual(variable("NODE_OPTIONS")) },
        { ran: injectable, run: manual(parameter("title", "shell-characters")) },
      ],
      good: [
        { run: {} },
        { ran: withVariable(true), run: manual(variable("target"), parameter("count")) },
        { ran: withVariable(true), run: manual(variable("system.debug", "system-name")) },
        // Shells that run scripts do not read it.
        { ran: withVariable(true, "env"), run: manual(variable("env")) },
      ],
    },
  }),
];

/** What people switch on to see more. */
const harmless = /^(?:system\.debug|agent\.diagnostic)$/i;

/** Variables become the environment of every step: these decide which code programs load, and from where. */
const takesOver =
  /^(?:path|pathext|comspec|psmodulepath|ld_preload|ld_library_path|ld_audit|dyld_insert_libraries|bash_env|shellopts|node_options|node_path|node_extra_ca_certs|npm_config_\w+|pythonpath|pythonstartup|pythonhome|perl5opt|rubyopt|java_tool_options|jdk_java_options|_java_options|maven_opts|gradle_opts|dotnet_startup_hooks|msbuild\w*|git_ssh|git_ssh_command|git_config_\w+|git_exec_path|editor|pager|http_proxy|https_proxy|all_proxy|ssl_cert_file|requests_ca_bundle|nuget_\w*source\w*|pip_\w+)$/i;

interface Doubt {
  readonly severity: Severity;
  readonly says: string;
  readonly because?: string;
}

function overrideAnswer({ run, ran, definition }: GivenRun): PostureAnswer {
  const given = run.given.filter(({ name }) => !harmless.test(name));
  const doubts = given.flatMap((one) => {
    const found = doubtOf(one, definition, ran);
    return found ? [{ one, ...found }] : [];
  });
  const [worst] = doubts.toSorted((a, b) => compareSeverity(a.severity, b.severity));
  if (!worst) {
    const isOpen = !definition && given.some(({ is }) => is === "variable");
    return isOpen
      ? notEvaluated("The pipeline of the run was not read, so it is not known which variables may be set.")
      : pass;
  }
  const injection = ran?.injections.find(({ by }) => by === "whoever-queues");
  return fail(
    worst.severity,
    doubts
      .slice(0, 5)
      .map(({ says }) => says)
      .join("; "),
    {
      ...(worst.because !== undefined && { severityBecause: worst.because }),
      evidence: [
        ...doubts.slice(0, 20).map(({ one: { name, is, holds } }) => ({
          what: `build ${run.id}: ${is === "variable" ? "parameters" : "templateParameters"} has ${name.slice(0, 200)}${holds.length === 0 ? "" : ` (${holds.join(", ")})`}, queued by ${run.requestedFor?.name ?? "somebody"}`,
          url: run.url,
        })),
        ...(injection ? [injection.evidence] : []),
      ],
    },
  );
}

function doubtOf(
  { name, is, holds }: GivenValue,
  definition: DefinitionFact | undefined,
  ran: JudgedPipeline | undefined,
): Doubt | undefined {
  const called = `the ${is} ${name.slice(0, 100)}`;
  if (is === "variable" && takesOver.test(name)) {
    return {
      severity: "high",
      says: `${called} decides what programs load`,
      because: "it changes what every step runs",
    };
  }
  if (is === "variable" && holds.includes("system-name")) {
    return { severity: "medium", says: `${called} takes the place of one of Azure DevOps` };
  }
  if (holds.includes("shell-characters")) {
    const says = `${called} holds characters that a shell acts on`;
    if (ran?.injections.some(({ by }) => by === "whoever-queues")) {
      return { severity: "high", says, because: "the pipeline puts such a text into a script" };
    }
    const isCalm = is === "parameter" && ran !== undefined && ran.gaps.length === 0;
    return isCalm
      ? { severity: "low", says, because: "its code puts no such text into a script" }
      : { severity: "medium", says };
  }
  if (holds.includes("address")) {
    const says = `${called} holds an address`;
    return is === "variable"
      ? { severity: "medium", says }
      : { severity: "low", says, because: "the pipeline asks for it" };
  }
  if (is !== "variable" || !definition) return undefined;
  const declared = definition.variables.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (declared?.allowOverride) return undefined;
  if (declared) return { severity: "medium", says: `${called} was set, and the pipeline does not let it be set` };
  return {
    severity: "low",
    says: `${called} was set, and the pipeline does not declare it`,
    because: "only its name is unusual",
  };
}
