/** What the console calls the features that need rights, and how far each works. */
import type { CheckedFeature, Verdict } from "#model/preflight.ts";
import type { FeatureName, FeatureSwitches, SignInMethod } from "#model/scopes.ts";
import type { Tone } from "../tag.tsx";

interface Said {
  readonly label: string;
  readonly tone: Tone;
}

export const featureLabels: Readonly<Record<FeatureName, string>> = {
  discover: "Find organizations",
  scan: "Scan repositories",
  comment: "Comment on pull requests",
  status: "Block pull requests by a status",
  fix: "Open pull requests with fixes",
  "work-items": "Open work items",
  hooks: "Service hooks in every project",
  builds: "Record builds",
  "permissions-report": "Permissions report",
  posture: "CI/CD posture",
};

export const featureWorks: Readonly<Record<CheckedFeature["works"], Said>> = {
  yes: { label: "Works", tone: "good" },
  "in-part": { label: "In part", tone: "warning" },
  no: { label: "Does not", tone: "bad" },
  unknown: { label: "Not known", tone: "quiet" },
};

export const verdicts: Readonly<Record<Verdict, Said>> = {
  granted: { label: "Granted", tone: "good" },
  missing: { label: "Missing", tone: "bad" },
  unknown: { label: "Not known", tone: "quiet" },
};

export const roleLabels = {
  "collection-administrator": "Project Collection Administrator",
  "project-administrator": "Project Administrator",
} as const;

export const methodLabels: Readonly<Record<SignInMethod, string>> = {
  pat: "Personal access token",
  entra: "Microsoft Entra ID",
  "service-principal": "Service principal",
  "managed-identity": "Managed identity",
};

export const switchLabels: Readonly<Record<keyof FeatureSwitches, { readonly label: string; readonly what: string }>> =
  {
    comment: { label: "Comment", what: "Findings appear as threads on the lines of a pull request" },
    status: { label: "Status", what: "Each pull request gets a status that a branch policy can require" },
    fix: { label: "Fixes", what: "Pull requests that end problems, when somebody or a policy asks" },
    workItems: {
      label: "Work items",
      what: "Azure Boards keeps work items about issues, when somebody or a policy asks",
    },
  };
