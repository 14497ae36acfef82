import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcessName } from "../../emulator/work-items/processes.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";
import {
  isDoneCategory,
  listAreasAndIterations,
  listWorkItemFields,
  listWorkItemStates,
  listWorkItemTypes,
} from "./work-item-types.ts";
import {
  commentOnWorkItem,
  commitArtifact,
  createWorkItem,
  findWorkItemByLink,
  hasComment,
  readWorkItems,
  refusalOfWorkItem,
  updateWorkItem,
} from "./work-items.ts";

test("every process is read: its types, what is done in it, what it requires", async (t) => {
  const { client, project, projectId } = await emulatedOrganization(t);
  const done: Record<ProcessName, string> = {
    Agile: "Bug Closed",
    Scrum: "Bug Done",
    CMMI: "Bug Closed",
    Basic: "Issue Done",
  };
  for (const [process, expected] of Object.entries(done)) {
    project.process = process as ProcessName;
    const types = (await listWorkItemTypes(client, projectId)).map(({ name }) => name);
    const type = types.find((name) => name === "Bug" || name === "Issue")!;
    const states = await listWorkItemStates(client, projectId, type);
    assert.equal(`${type} ${states.find(({ category }) => isDoneCategory(category))?.name}`, expected);
  }
  project.customFields = [
    { type: "Issue", referenceName: "Custom.Team", name: "Team", isRequired: true, allowedValues: ["Red", "Blue"] },
  ];
  const fields = await listWorkItemFields(client, projectId, "Issue");
  assert.deepEqual(
    fields.filter(({ referenceName }) => /Team$|Severity|Priority/.test(referenceName)),
    [
      {
        referenceName: "Microsoft.VSTS.Common.Priority",
        name: "Priority",
        isRequired: false,
        allowedValues: ["1", "2", "3", "4"],
        hasDefault: true,
      },
      {
        referenceName: "Custom.Team",
        name: "Team",
        isRequired: true,
        allowedValues: ["Red", "Blue"],
        hasDefault: false,
      },
    ],
  );
  project.areas = ["Shop", "Shop\\Web"];
  const { areas, iterations } = await listAreasAndIterations(client, projectId);
  assert.deepEqual(areas, ["Größe & Co", "Größe & Co\\Shop", "Größe & Co\\Shop\\Web"]);
  assert.deepEqual(iterations, ["Größe & Co"]);
});

test("a work item is tried, made, found again, changed and commented on", async (t) => {
  const { client, project, projectId, repositoryId, organization } = await emulatedOrganization(t);
  project.process = "Scrum";
  const url = "https://sallyport.example/work-items/1";
  const draft = {
    type: "Bug",
    title: "t".repeat(300),
    fields: { "Microsoft.VSTS.TCM.ReproSteps": "<p>A secret</p>", "System.Tags": "sallyport; secrets" },
    links: [{ url }, commitArtifact(projectId, repositoryId, "1".repeat(40))],
  };
  assert.equal(await refusalOfWorkItem(client, projectId, draft), undefined);
  const refusal = await refusalOfWorkItem(client, projectId, { ...draft, fields: { "System.AreaPath": "Elsewhere" } });
  assert.match(refusal ?? "", /System\.AreaPath/);
  assert.deepEqual(organization.workItems, []);
  assert.equal(await findWorkItemByLink(client, projectId, { tag: "sallyport", url }), undefined);
  const item = await createWorkItem(client, projectId, draft);
  assert.deepEqual([item.title.length, item.state, item.links.length], [255, "New", 2]);
  const found = await findWorkItemByLink(client, projectId, { tag: "sallyport", url });
  assert.equal(found?.number, item.number);
  const changed = await updateWorkItem(client, projectId, item.number, {
    revision: 1,
    fields: { "System.State": "Done" },
  });
  assert.deepEqual([changed.state, changed.revision], ["Done", 2]);
  await assert.rejects(
    updateWorkItem(client, projectId, item.number, { revision: 1, fields: { "System.State": "New" } }),
    {
      code: "conflict",
    },
  );
  await commentOnWorkItem(client, projectId, item.number, "Hello");
  assert.deepEqual(
    [
      await hasComment(client, projectId, item.number, "Hello"),
      await hasComment(client, projectId, item.number, "Bye"),
    ],
    [true, false],
  );
  const read = await readWorkItems(client, projectId, [item.number, 4711]);
  assert.deepEqual([...read.keys()], [item.number]);
});
