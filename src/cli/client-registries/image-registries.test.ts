import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readImageRegistries } from "./image-registries.ts";

test("registries are those that Docker's user signed in to, and the mirrors of its daemon", () => {
  const home = mkdtempSync(join(tmpdir(), "sallyport-docker-"));
  try {
    mkdirSync(join(home, ".docker"));
    mkdirSync(join(home, "docker"));
    const auth = Buffer.from("robot:a:b").toString("base64");
    const auths = { "contoso.example": { auth }, "https://old.example/v1/": { auth }, "http://near.example:5000": {} };
    writeFileSync(join(home, ".docker/config.json"), JSON.stringify({ auths }));
    writeFileSync(
      join(home, "docker/daemon.json"),
      JSON.stringify({ "registry-mirrors": ["https://mirror.example/"] }),
    );
    writeFileSync(join(home, ".docker/daemon.json"), "{");
    const said: string[] = [];
    const place = { home, machine: home, platform: "linux", program: "", environment: {} };
    const found = readImageRegistries(place, (message) => said.push(message));
    assert.deepEqual(
      found.map(({ hosts, address, login }) => [...hosts, address, login?.reveal()]),
      [
        ["contoso.example", "https://contoso.example", "robot:a:b"],
        ["near.example:5000", "http://near.example:5000", undefined],
        ["", "https://mirror.example", undefined],
      ],
    );
    assert.equal(said.length, 1);
  } finally {
    rmSync(home, { recursive: true });
  }
});
