import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startSallyport } from "../testing/run-sallyport.ts";

/** The lines of a doctor that looks at a new installation, by name. */
async function examine(t: TestContext, environment: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-doctor-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { code, stdout, stderr } = await startSallyport(["doctor"], { SALLYPORT_DATA: folder, ...environment }).ended;
  const lines = stdout.split("\n").flatMap((line) => {
    const [, result, name, says] = /^(ok|warn|fail) +([^:]+): (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, `${result} ${says}`] as const];
  });
  return { code, stderr, line: new Map(lines) };
}

/** Something that answers, whatever it is asked. */
async function openDoor(t: TestContext): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  t.after(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

test("what is reached is said, and that hooks are delivered", async (t) => {
  const { url } = await openDoor(t);
  const { code, stderr, line } = await examine(t, { SALLYPORT_AZURE_DEVOPS_URL: url });
  assert.equal(code, 0, stderr);
  assert.equal(line.get("Azure DevOps"), `ok ${url}, ${url}/_hosts/vssps.dev.azure.com reached`);
  assert.equal(line.get("Microsoft Entra ID"), `ok ${url}/_hosts/login.microsoftonline.com reached`);
  assert.match(line.get("changes") ?? "", /^ok hooks: Azure DevOps delivers to http:\/\/127\.0\.0\.1/);
});

test("an Entra ID that is not reached is no reason not to start, and what it costs is said", async (t) => {
  const door = await openDoor(t);
  await door.close();
  const { code, line } = await examine(t, { SALLYPORT_AZURE_DEVOPS_URL: door.url, SALLYPORT_HOOKS: "off" });
  assert.equal(code, 0);
  assert.match(line.get("Azure DevOps") ?? "", /^warn .*ECONNREFUSED.*nothing is scanned/);
  assert.match(
    line.get("Microsoft Entra ID") ?? "",
    /^warn not reached: .*login\.microsoftonline\.com \(.*ECONNREFUSED.*nobody can sign in with Microsoft.*access tokens go on/,
  );
  assert.match(line.get("changes") ?? "", /^ok polling: SALLYPORT_HOOKS is off\. Changes are found by looking/);
});

test("a server is named with its version, and needs no Entra ID", async (t) => {
  const { url } = await openDoor(t);
  const { line } = await examine(t, {
    SALLYPORT_AZURE_DEVOPS_SERVER_URL: `${url}/tfs`,
    SALLYPORT_AZURE_DEVOPS_SERVER_VERSION: "7.0",
    SALLYPORT_PUBLIC_URL: "https://localhost:8700",
  });
  assert.equal(line.get("Azure DevOps"), `ok ${url}/tfs reached (Azure DevOps Server, api-version 7.0)`);
  assert.match(line.get("Microsoft Entra ID") ?? "", /^ok not needed/);
  assert.match(line.get("changes") ?? "", /^ok hooks/);
});
