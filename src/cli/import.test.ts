import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { addInstance } from "#api/testing/add-instance.ts";
import { openApi } from "#api/testing/open-api.ts";
import { runSallyport } from "./testing/run-sallyport.ts";

const id = "0197a3c0-0000-7000-8000-000000000001";

describe("sallyport import", () => {
  let folder: string;
  let server: Server;
  let address: string;
  let file: string;
  const heard: { url: string; authorization: string | undefined; body: string }[] = [];
  let answer: { status: number; body: object } = { status: 200, body: {} };

  async function bodyOf(request: IncomingMessage): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const whole = Buffer.concat(pieces);
    return request.headers["content-encoding"] === "gzip" ? gunzipSync(whole).toString() : whole.toString();
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-import-"));
    file = join(folder, "results.sarif");
    await writeFile(file, "{}");
    server = createServer((request, response) => {
      const answering = bodyOf(request).then((body) => {
        heard.push({ url: request.url ?? "", authorization: request.headers.authorization, body });
        const rows = ["shop", "bank"].map((project) => ({ id, name: "web", project }));
        const found = request.method === "GET" ? { status: 200, body: { rows, total: 2 } } : answer;
        response.writeHead(found.status, { "content-type": "application/json" }).end(JSON.stringify(found.body));
      });
      // A body that ends too early has no answer.
      void answering.catch(() => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const token = ["sp", "made-up"].join("_");
  const run = (args: readonly string[], environment: Record<string, string> = { SALLYPORT_TOKEN: token }) =>
    runSallyport(["import", ...args, "--server", address], environment);

  it("sends the file packed, and says what became of it", async () => {
    const counts = { results: 5, findings: 3, silenced: 1, skipped: 1, known: 0, opened: 2, fixed: 1 };
    const problems = [{ at: "runs[0].results[4]", message: "it is empty" }];
    answer = { status: 200, body: { imports: [{ tool: "Linter", category: "nightly", counts, problems }] } };
    const done = await run([file, "--repository", "shop/web", "--branch", "main", "--category", "nightly"]);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(
      done.stdout,
      "Linter (nightly): 3 findings of 5 results, 1 suppressed, 2 opened, 1 fixed\n  runs[0].results[4]: it is empty",
    );
    const single = { ...counts, results: 1, findings: 1, silenced: 0 };
    answer = { status: 200, body: { imports: [{ tool: "Linter", category: "", counts: single, problems: [] }] } };
    const one = await run([file, "--repository", "shop/web", "--branch", "main", "--category", "nightly"]);
    assert.equal(one.stdout.trim(), "Linter: 1 finding of 1 result, 2 opened, 1 fixed");
    assert.deepEqual(heard.at(-1), {
      url: `/api/repositories/${id}/imports?branch=main&category=nightly`,
      authorization: `Bearer ${token}`,
      body: "{}",
    });
  });

  it("ends with 1 where the server refuses the file, with 2 where nothing could be sent", async () => {
    answer = { status: 422, body: { title: "This file cannot be imported.", detail: "In runs[0]: it is cut." } };
    const refused = await run([file, "--repository", id]);
    assert.deepEqual(
      [refused.code, refused.stderr],
      [1, "sallyport: This file cannot be imported. In runs[0]: it is cut.\n"],
    );
    const cases: readonly (readonly [readonly string[], Record<string, string>, RegExp])[] = [
      [[file, "--repository", "web"], { SALLYPORT_TOKEN: token }, /several repositories.*shop\/web, bank\/web/],
      [[file, "--repository", "other"], { SALLYPORT_TOKEN: token }, /no repository other/],
      [[join(folder, "missing"), "--repository", id], { SALLYPORT_TOKEN: token }, /no file/],
      [[file, "--repository", id], {}, /set SALLYPORT_TOKEN/],
      [[file, "--repository", id, "--token-from-env", "MINE"], {}, /set MINE/],
      [[file], { SALLYPORT_TOKEN: token }, /--repository/],
    ];
    for (const [args, environment, message] of cases) {
      const { code, stderr } = await run(args, environment);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
    }
  });

  it("comes to a server as it is, with many results", async () => {
    const api = await openApi();
    try {
      const { repository } = await addInstance(api.app, "one");
      await api.addUser("anna", "administrator");
      const anna = await api.browser("anna");
      const made = await anna.call("POST", "/api/tokens", { name: "build" });
      assert.equal(made.statusCode, 201, made.body);
      const own = await api.server.listen({ port: 0, host: "127.0.0.1" });
      const results = Array.from({ length: 500 }, (_, number) => ({
        ...{ ruleId: `r${number % 7}`, message: { text: `Number ${number}` } },
        locations: [{ physicalLocation: { artifactLocation: { uri: `src/${number}.js` } } }],
      }));
      const log = { version: "2.1.0", runs: [{ tool: { driver: { name: "Linter" } }, results }] };
      await writeFile(file, JSON.stringify(log));
      const environment = { SALLYPORT_TOKEN: made.json<{ token: string }>().token, SALLYPORT_SERVER: own };
      const done = await runSallyport(["import", file, "--repository", "one-project/one-repository"], environment);
      assert.equal(done.code, 0, done.stderr);
      assert.equal(done.stdout, "Linter: 500 findings of 500 results, 500 opened, 0 fixed");
      const listed = await anna.call("GET", `/api/issues?scanner=imported&repositoryId=${repository}&limit=1`);
      assert.equal(listed.json<{ total: number }>().total, 500);
      // Cut off in the middle: the server says so while it is still read.
      await writeFile(file, JSON.stringify(log).slice(0, -100));
      const cut = await runSallyport(["import", file, "--repository", repository], environment);
      assert.deepEqual([cut.code, /In runs\[0\]\.results\[499\]/.test(cut.stderr)], [1, true], cut.stderr);
    } finally {
      await api.close();
    }
  });

  it("says in one line that a file cannot be read to its end", { skip: process.platform !== "linux" }, async () => {
    const { code, stderr } = await run(["/proc/self/mem", "--repository", id]);
    assert.deepEqual([code, stderr], [2, "sallyport: /proc/self/mem cannot be read (EIO)\n"]);
  });
});
