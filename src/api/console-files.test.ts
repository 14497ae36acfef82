import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openApi, type TestApi } from "./testing/open-api.ts";

describe("the console's files", () => {
  let api: TestApi;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-console-"));
    await mkdir(join(folder, "assets"));
    await writeFile(join(folder, "index.html"), "<!doctype html><title>Sallyport</title>");
    await writeFile(join(folder, "favicon.svg"), "<svg/>");
    await writeFile(join(folder, ".built-from"), "secret");
    await writeFile(join(folder, "assets", "app-1234.js"), "export {};");
    api = await openApi({ consoleFolder: folder });
  });
  after(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  const get = (url: string) => api.server.inject({ url });

  it("answer every address that a person may open with the page, which no cache keeps", async () => {
    for (const url of [
      "/",
      "/issues",
      "/issues/1234?x=1",
      "/settings/integrations/new",
      "/sign-in",
      "/first-start?token=x",
    ]) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 200, url);
      assert.match(answer.body, /<title>Sallyport/);
      assert.equal(answer.headers["cache-control"], "no-store");
    }
  });

  it("let browsers keep what has a hash in its name", async () => {
    const answer = await get("/assets/app-1234.js");
    assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable");
    assert.match(String(answer.headers["content-type"]), /javascript/);
    assert.equal((await get("/favicon.svg")).headers["cache-control"], "no-store");
  });

  it("are these and no others", async () => {
    for (const url of [
      "/assets/gone.js",
      "/api/gone",
      "/hooks/x",
      "/assets/../.built-from",
      "/assets/..%2f.built-from",
      "/%2e%2e/package.json",
    ]) {
      const answer = await get(url);
      assert.ok(answer.statusCode >= 400 || /<title>Sallyport/.test(answer.body), `${url}: ${answer.statusCode}`);
      assert.ok(!answer.body.includes("secret"), url);
    }
    assert.equal((await get("/assets/gone.js")).statusCode, 404);
    assert.match(String((await get("/assets/gone.js")).headers["cache-control"]), /no-store/);
  });

  it("come with headers that let a page do little", async () => {
    const { headers } = await get("/");
    const policy = String(headers["content-security-policy"]);
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      assert.ok(policy.includes(part), part);
    }
    assert.ok(!/script-src[^;]*unsafe/.test(policy));
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["x-frame-options"], "DENY");
    assert.equal(headers["x-powered-by"], undefined);
  });

  it("say what to do when they were not built", async () => {
    const other = await openApi();
    try {
      const answer = await other.server.inject({ url: "/" });
      assert.equal(answer.statusCode, 503);
      assert.match(answer.body, /npm run setup/);
    } finally {
      await other.close();
    }
  });
});
