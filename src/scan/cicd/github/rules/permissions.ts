/** What the token of a job may do, and where it is left lying about. */
import { type Block, type Member, textOf } from "../../../formats/node.ts";
import type { Edit, Hit } from "../../cicd-rule.ts";
import { addBefore, setWithin } from "../../edits/github-edits.ts";
import type { GithubRule } from "../github-rule.ts";
import { givenInput } from "../given-input.ts";
import { openEvents, privilegedEvents } from "../triggers.ts";
import { jobsOf, stepsOf, type Workflow } from "../workflow.ts";

export const persistedCredentials: GithubRule = {
  id: "cicd/github-persisted-credentials",
  aliases: ["gha-persist-credentials", "zizmor:artipacked"],
  title: "The checkout leaves the token on disk",
  severity: "medium",
  risks: ["CICD-SEC-6"],
  why: "actions/checkout stores the job's token for git, where every later step, and every artifact made of the whole folder, can read it.",
  abuse:
    "A step uploads the workspace as an artifact; whoever may download it takes the token out of `.git/config` while the job runs.",
  fix: "Set `persist-credentials: false` on the checkout; give the token only to the step that pushes.",
  links: ["https://github.com/actions/checkout#usage"],
  check: (file) =>
    stepsOf(file).flatMap((step): readonly Hit[] => {
      if (step.action !== "actions/checkout") return [];
      const given = givenInput(step, "persist-credentials");
      if (given?.is === "scalar" && String(given.value).trim().toLowerCase() === "false") return [];
      const why = given ? "`persist-credentials` is not false" : "`persist-credentials: false` is missing";
      const words = { title: "Set persist-credentials to false", safe: false };
      const edit = () => setWithin(step.body, ["with", "persist-credentials"], "false", words);
      return [{ at: step.at, address: step.address, why, edit }];
    }),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n",
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          persist-credentials: true\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          persist-credentials: false\n",
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { persist-credentials: 'false' }\n",
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { Persist-Credentials: false }\n",
    ],
  },
};

export const excessivePermissions: GithubRule = {
  id: "cicd/github-excessive-permissions",
  aliases: [
    ...["gha-excessive-permissions", "zizmor:excessive-permissions", "poutine:default_permissions_on_risky_events"],
    "pipeline-check:GHA-004",
  ],
  title: "The job's token may do more than it needs to",
  severity: "medium",
  risks: ["CICD-SEC-5"],
  why: "Every action and script of a job holds its token; without `permissions` it may, in many repositories, write to code, packages and releases.",
  abuse: "One compromised action pushes a commit to the default branch with the token that only had to read it.",
  fix: "Write `permissions: {}` at the top of the workflow, and give each job what it needs: `permissions: { contents: read }`.",
  links: ["https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions"],
  check: (file) => (file.is === "workflow" ? [...ofWorkflow(file), ...ofJobs(file)] : []),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps: []\n",
      "on: push\npermissions: write-all\njobs:\n  a:\n    steps: []\n",
      "on: push\npermissions:\n  contents: write\njobs:\n  a:\n    steps: []\n",
      "on: push\njobs:\n  a:\n    permissions: write-all\n    steps: []\n",
    ],
    good: [
      "on: push\npermissions: {}\njobs:\n  a:\n    steps: []\n",
      "on: push\njobs:\n  a:\n    permissions:\n      contents: write\n    steps: []\n",
      "on: workflow_call\njobs:\n  a:\n    steps: []\n",
    ],
  },
};

function ofWorkflow(workflow: Workflow): readonly Hit[] {
  const granted = workflow.body.get("permissions");
  if (!granted) return [];
  const wide = wideGrant(granted, "the workflow");
  if (wide) return [wide];
  if (granted.value.is !== "block") return [];
  // What is granted at the top, every job has.
  return writesIn(granted.value).map(([name, member]) => ({
    at: { ...member.whole, start: member.key.start },
    address: `permissions/${name}`,
    why: `every job of the workflow may write \`${name}\`; grant it to the one that needs it`,
  }));
}

function writesIn(block: Block): readonly (readonly [string, Member])[] {
  return block.keys().flatMap((name) => {
    const member = block.get(name);
    return member && textOf(member.value)?.trim() === "write" ? [[name, member] as const] : [];
  });
}

function wideGrant(granted: Member, who: string): Hit | undefined {
  const text = textOf(granted.value)?.trim();
  if (text !== "write-all" && text !== "read-all") return undefined;
  const at = { ...granted.whole, start: granted.key.start };
  const can =
    text === "write-all" ? "write everything" : "read everything, secrets of other workflows' artifacts included";
  const severity = text === "write-all" ? "high" : "low";
  return {
    at,
    address: who === "the workflow" ? "permissions" : `${who}/permissions`,
    why: `its token may ${can}`,
    severity,
  };
}

function ofJobs(workflow: Workflow): readonly Hit[] {
  const isGranted = workflow.body.get("permissions") !== undefined;
  // Who calls a workflow decides what it may do.
  const isCalled = workflow.events.size === 1 && workflow.events.has("workflow_call");
  const severity = privilegedEvents(workflow).length > 0 ? "high" : openEvents(workflow).length > 0 ? "medium" : "low";
  const bare = jobsOf(workflow).filter((job) => !job.body.get("permissions"));
  const hits = jobsOf(workflow).flatMap((job): readonly Hit[] => {
    const granted = job.body.get("permissions");
    const wide = granted && wideGrant(granted, job.id);
    return wide ? [wide] : [];
  });
  if (isGranted || isCalled) return hits;
  const why = "no `permissions` are written, so that the token has what the repository's settings give";
  const edit = () => readOnly(workflow);
  return [...hits, ...bare.map((job): Hit => ({ at: job.at, address: job.id, why, severity, edit }))];
}

/** A job that writes something fails until it is granted that. */
function readOnly({ body }: Workflow): Edit | undefined {
  const jobs = body.get("jobs");
  const words = { title: "Let the token only read the code", safe: false };
  return jobs && addBefore(jobs, { permissions: { contents: "read" } }, words);
}
