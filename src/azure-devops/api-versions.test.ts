import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesFrom } from "./addresses.ts";
import { path } from "./organization-client.ts";
import { type Script, scriptedService } from "./testing/scripted-service.ts";

test("an older server is asked for its own versions, and for a preview where it says that it has no more", async (t) => {
  const asked: string[] = [];
  const script: Script = ({ headers, url }) => {
    const version = headers.accept?.split("api-version=")[1] ?? "";
    asked.push(version);
    const isPreview = url?.includes("taskgroups") === true && !version.includes("-preview");
    if (isPreview) return { status: 400, body: { message: "no", typeKey: "VssInvalidPreviewVersionException" } };
    return { body: {} };
  };
  const { url } = await scriptedService(t, script);
  const { client } = await scriptedService(t, script, { addresses: addressesFrom({ serverUrl: url }) });
  await client.request({ path: path`/A/_apis/distributedtask/taskgroups/1` });
  await client.request({ path: path`/B/_apis/distributedtask/taskgroups/2` });
  await client.request({ path: path`/B/_apis/git/repositories` });
  await client.request({ path: path`/B/_apis/audit/auditlog`, apiVersion: "7.1-preview.1" });
  await client.request({ path: path`/B/_apis/old`, apiVersion: "5.0" });
  assert.deepEqual(asked, ["6.0", "6.0-preview", "6.0-preview", "6.0", "6.0-preview.1", "5.0"]);
});
