/** `--validate` as people run it: through a proxy that tells who was to be reached, and lets nobody through. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { sample, withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { startSallyport } from "../testing/run-sallyport.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-validate-"));
const reached: string[] = [];
const proxy = createServer();
proxy.on("connect", (request, socket) => {
  reached.push(request.url ?? "");
  socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
});
before(async () => {
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
});
after(() => {
  proxy.close();
  rmSync(top, { recursive: true, force: true });
});

const github = withCrc32Base62("ghp_", "validate");
const sendGrid = `SG.${sample("base64Url", 22, "validate")}.${sample("base64Url", 43, "validate")}`;

async function scan(...args: readonly string[]) {
  reached.length = 0;
  const folder = join(top, "work");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.env"), `GITHUB_TOKEN=${github}\nMAIL_KEY=${sendGrid}\n`);
  writeFileSync(join(folder, "b.env"), `GITHUB_TOKEN=${github}\nDB_PASSWORD=${sample("base62", 20, "other")}\n`);
  const { port } = proxy.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const environment = { HOME: top, USERPROFILE: top, HTTPS_PROXY: address, https_proxy: address, NO_PROXY: "" };
  return startSallyport(["scan", folder, "--scanners", "secrets", ...args], environment).ended;
}

test("nobody is asked unless --validate says so", async () => {
  const { stdout } = await scan("--format", "json");
  assert.match(stdout, /github-token/);
  assert.deepEqual(reached, []);
});

test("each secret is asked about once, hosts are named first, and no answer says nothing", async () => {
  const { stdout, stderr } = await scan("--format", "json", "--validate");
  assert.deepEqual(reached.toSorted(), ["api.github.com:443", "api.sendgrid.com:443"]);
  assert.match(stderr, /asking api\.github\.com, api\.sendgrid\.com about 2 secrets/);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  const live = findings.map(({ rule, live: answer }) => [rule, answer?.verdict]);
  assert.deepEqual(live.filter(([, verdict]) => verdict === "unknown").length, 3);
  assert.ok(live.some(([, verdict]) => verdict === undefined));
  for (const output of [stdout, stderr]) {
    assert.ok(!output.includes(github.slice(8)) && !output.includes(sendGrid.slice(8)));
  }
});

test("only the providers named are asked, and the answer stands in every format", async () => {
  const { stdout } = await scan("--validate", "sendgrid");
  assert.deepEqual(reached, ["api.sendgrid.com:443"]);
  assert.match(stdout.replaceAll(/\s+/g, " "), /whether it is live is unknown: api\.sendgrid\.com cannot be reached/);
  const sarif = await scan("--validate=sendgrid", "--format", "sarif");
  assert.match(sarif.stdout, /Live check: whether it is live is unknown/);
  const mistaken = await scan("--validate", "sendgird");
  assert.equal(mistaken.code, 2);
  assert.match(mistaken.stderr, /knows no provider "sendgird"/);
});
