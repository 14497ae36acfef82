import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { readConfig } from "./config.ts";
import { UsageError } from "./usage-error.ts";

describe("config", () => {
  it("needs nothing", () => {
    const config = readConfig({});
    assert.equal(config.dataFolder, resolve("var"));
    assert.equal(config.port, 8700);
    assert.equal(config.portIsAsked, false);
    assert.equal(config.databaseUrl, undefined);
    assert.equal(config.logLevel, "info");
    assert.equal(config.hooks, "auto");
    assert.equal(config.identityEndpoint, undefined);
    assert.ok(config.threads >= 1);
  });

  it("takes what is set, and hides what is secret", () => {
    const password = ["hunter", "2"].join("");
    const config = readConfig({
      DATABASE_URL: `postgres://sallyport:${password}@db/sallyport`,
      SALLYPORT_PORT: "0",
      SALLYPORT_PUBLIC_URL: "https://sallyport.example.com/",
      SALLYPORT_KEY: Buffer.alloc(32, 7).toString("base64"),
      SALLYPORT_LOG: "DEBUG",
      SALLYPORT_THREADS: " 3 ",
      SALLYPORT_HOOKS: "off",
      SALLYPORT_AZURE_DEVOPS_SERVER_URL: "https://tfs.example/tfs/",
      SALLYPORT_AZURE_DEVOPS_SERVER_VERSION: "7.0",
      IDENTITY_ENDPOINT: "http://127.0.0.1:41741/msi/token/",
      IDENTITY_HEADER: password,
    });
    assert.equal(config.port, 0);
    assert.equal(config.portIsAsked, true);
    assert.equal(config.publicUrl, "https://sallyport.example.com");
    assert.equal(config.logLevel, "debug");
    assert.equal(config.threads, 3);
    assert.equal(config.hooks, "off");
    assert.equal(config.azureDevOpsServerUrl, "https://tfs.example/tfs");
    assert.equal(config.azureDevOpsServerVersion, "7.0");
    assert.equal(config.identityEndpoint?.address, "http://127.0.0.1:41741/msi/token");
    assert.ok(!inspect(config).includes(password));
  });

  const wrong: Readonly<Record<string, readonly string[]>> = {
    SALLYPORT_PORT: ["-1", "65536", "80x", "1.5"],
    SALLYPORT_THREADS: ["0", "many"],
    SALLYPORT_LOG: ["loud"],
    SALLYPORT_PUBLIC_URL: [
      "sallyport.example.com",
      "ftp://example.com",
      "https://a:b@example.com",
      "https://example.com/?a",
    ],
    SALLYPORT_AZURE_DEVOPS_URL: ["nowhere"],
    SALLYPORT_AZURE_DEVOPS_SERVER_URL: ["nowhere"],
    SALLYPORT_AZURE_DEVOPS_SERVER_VERSION: ["2022"],
    SALLYPORT_HOOKS: ["maybe"],
    DATABASE_URL: ["mysql://localhost/x", "localhost"],
    SALLYPORT_KEY: ["short", "not base 64 at all, but long enough to be one"],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      it(`says in one line that ${name}=${value} is wrong`, () => {
        assert.throws(
          () => readConfig({ [name]: value }),
          (error: unknown) =>
            error instanceof UsageError && error.message.startsWith(name) && !error.message.includes("\n"),
        );
      });
    }
  }
});
