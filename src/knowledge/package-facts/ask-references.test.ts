/** What stands behind moving names: asked where the machine's clients are set up for it, and nowhere else. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { secretValue } from "#model/secret-value.ts";
import { actionKey, askReferences } from "./ask-references.ts";
import { splitImage } from "./split-image.ts";

const manifest = JSON.stringify({ schemaVersion: 2, manifests: [] });
const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
const asked: string[] = [];
let url: string;

/** A registry that wants a token for everything, and git's list of an action's refs. */
const server = createServer((request, response) => {
  const { authorization = "" } = request.headers;
  asked.push(`${request.url} ${authorization.split(" ")[0]}`.trim());
  const [path = ""] = (request.url ?? "").split("?");
  if (path === "/token") {
    const isKnown = authorization === `Basic ${Buffer.from("robot:word").toString("base64")}`;
    response.writeHead(isKnown ? 200 : 401).end(isKnown ? JSON.stringify({ token: "t.1" }) : "");
  } else if (path.startsWith("/v2/")) {
    if (authorization !== "Bearer t.1") {
      const where = `Bearer realm="${url}/token",service="registry.example",scope="repository:team/node:pull"`;
      response.writeHead(401, { "www-authenticate": where }).end();
    } else response.writeHead(path === "/v2/team/node/manifests/22" ? 200 : 404).end(manifest);
  } else if (path === "/own/act.git/info/refs") {
    const [a, b, c] = ["a", "b", "c"].map((one) => one.repeat(40));
    response.end(
      `001e# service=git-upload-pack\n0000010b${a} HEAD\0multi_ack\n003f${a} refs/heads/main\n003c${b} refs/tags/v3\n003f${c} refs/tags/v3^{}\n0000`,
    );
  } else response.writeHead(404).end();
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

test("a digest is that of the manifest, with the login that the client has; other hosts are not asked", async () => {
  const images = [{ hosts: ["registry.example"], address: url, login: secretValue("robot:word") }];
  const names = [
    "registry.example/team/node:22",
    "registry.example/team/node:21",
    "other.example/team/node:22",
    "node",
  ];
  const told = await askReferences({ sources: { images }, images: names, actions: [], wait: async () => {} });
  assert.deepEqual([...told.digests], [["registry.example/team/node:22", digest]]);
  assert.deepEqual(asked.splice(0).slice(0, 3), [
    "/v2/team/node/manifests/22",
    "/token?service=registry.example&scope=repository%3Ateam%2Fnode%3Apull Basic",
    "/v2/team/node/manifests/22 Bearer",
  ]);
});

test("a tag of an action is the commit that it names; what is no name is not asked", async () => {
  const actions = [
    { action: "own/act", ref: "v3" },
    { action: "own/act", ref: "main" },
    { action: "own/act", ref: "v9" },
    { action: "own/../act", ref: "v3" },
  ];
  const told = await askReferences({ sources: { github: url }, images: [], actions, wait: async () => {} });
  assert.deepEqual(Object.fromEntries(told.commits), {
    [actionKey("own/act", "v3")]: "c".repeat(40),
    [actionKey("own/act", "main")]: "a".repeat(40),
  });
  assert.equal(asked.length, 1);
});

test("names of images are taken apart as Docker does", () => {
  const parts = (image: string) => {
    const { host = "-", name, tag } = splitImage(image) ?? { name: "none", tag: "" };
    return [host, name, tag].join(" ");
  };
  assert.equal(parts("node"), "- library/node latest");
  assert.equal(parts("team/node:22"), "- team/node 22");
  assert.equal(parts("localhost/node"), "localhost node latest");
  assert.equal(parts("Registry.example:5000/a/b/c:1.0"), "registry.example:5000 a/b/c 1.0");
  for (const none of ["", "$(image)", "a@sha256:00", "a/../b", "-x:y:z"]) assert.equal(parts(none), "- none ");
});
