import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultWorkItemSettings, type WorkItemSettings } from "#model/work-item.ts";
import { fitWorkItem, type WorkItemWords } from "./fit-work-item.ts";
import { type Process, stateFor } from "./open-process.ts";

const words: WorkItemWords = {
  title: "t",
  description: "<p>d</p>",
  tags: ["Sallyport", "iac"],
  severity: "high",
  links: [],
};
const priority = {
  referenceName: "Microsoft.VSTS.Common.Priority",
  name: "Priority",
  isRequired: false,
  allowedValues: ["1", "2"],
  hasDefault: true,
};
const team = {
  referenceName: "Custom.Team",
  name: "Team",
  isRequired: true,
  allowedValues: ["Red"],
  hasDefault: false,
};

/** An inherited Basic process that calls its issues otherwise. */
const process: Process = {
  types: async () => [
    { name: "Epic", referenceName: "Microsoft.VSTS.WorkItemTypes.Epic" },
    { name: "Defect", referenceName: "Microsoft.VSTS.WorkItemTypes.Issue" },
  ],
  states: async () => [
    { name: "To Do", category: "Proposed" },
    { name: "Doing", category: "InProgress" },
    { name: "Ready", category: "Completed" },
  ],
  fields: async () => [priority, team],
  places: async () => ({ areas: ["Shop", "Shop\\Web"], iterations: ["Shop"] }),
};

async function fit(change: Partial<WorkItemSettings>) {
  const fitted = await fitWorkItem(process, { ...defaultWorkItemSettings, ...change }, words);
  return fitted.is === "fits" ? { type: fitted.draft.type, ...fitted.draft.fields } : fitted.problems;
}

test("a work item fits the process of its project", async () => {
  const fields = { "Custom.Team": "Red" };
  assert.deepEqual(await fit({ fields, area: "shop\\web" }), {
    type: "Defect",
    "Microsoft.VSTS.Common.Priority": 2,
    "System.Description": "<p>d</p>",
    "System.Tags": "Sallyport; iac",
    "System.AreaPath": "shop\\web",
    "Custom.Team": "Red",
  });
  const severities = { high: { "Microsoft.VSTS.Common.Priority": 1 } };
  assert.equal(((await fit({ fields, severities })) as Record<string, unknown>)["Microsoft.VSTS.Common.Priority"], 1);
});

test("what does not fit is said with the field, and what it takes", async () => {
  for (const [change, said] of [
    [
      {},
      /^The type "Defect" requires the field "Team" \(Custom\.Team\): give it a value in the settings, one of "Red"\.$/,
    ],
    [
      { fields: { "Custom.Team": "Green" } },
      /^The field "Team" \(Custom\.Team\) does not take "Green"; it takes "Red"\.$/,
    ],
    [{ fields: { "Custom.Team": "Red", "Custom.Tame": "Red" } }, /^The type "Defect" has no field Custom\.Tame/],
    [{ type: "Bug" }, /^The project has no work items of type "Bug"; it has "Epic", "Defect"\.$/],
    [{ fields: { "Custom.Team": "Red" }, area: "Shop\\App" }, /^The project has no area "Shop\\App"\.$/],
    [{ fields: { "Custom.Team": "Red" }, closedState: "Done" }, /^The settings name the state "Done"/],
  ] as const) {
    const problems = await fit(change);
    assert(Array.isArray(problems), JSON.stringify(change));
    assert.equal(problems.length, 1, problems.join());
    assert.match(problems[0], said);
  }
});

test("states are found by what they mean, not by their names", async () => {
  const states = await process.states("Defect");
  assert.deepEqual(stateFor(states, "closed", undefined), { name: "Ready", category: "Completed" });
  assert.deepEqual(stateFor(states, "reopened", undefined), { name: "Doing", category: "InProgress" });
  assert.match(JSON.stringify(stateFor([], "closed", undefined)), /name one in the settings/);
});
