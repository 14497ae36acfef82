/** A Terraform body reads like the Kubernetes object that it makes, with the places of the .tf file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Block, blockOf, type Member, type Node } from "../../../formats/node.ts";
import { nodesAt } from "../../condition.ts";
import { kubernetesView, originalOf, terraformName } from "./from-terraform.ts";

const file = { path: "main.tf", text: " ".repeat(200) };
let offset = 0;

/** Objects are blocks and arrays lists, each with a place of its own. */
function node(value: unknown): Node {
  const at = { file, start: offset++, end: offset };
  if (Array.isArray(value)) return { is: "list", at, items: value.map(node) };
  if (typeof value !== "object" || value === null) return { is: "scalar", at, value: value as string | null };
  const members = Object.entries(value).map(([key, one]): [string, Member] => {
    const place = { file, start: offset++, end: offset };
    return [key, { key: place, whole: place, value: node(one) }];
  });
  return blockOf(at, new Map(members));
}

const body = node({
  metadata: [{ name: "web", labels: { app_name: "web" } }],
  spec: [
    {
      host_pid: true,
      container: [
        {
          security_context: [{ read_only_root_filesystem: true }],
          port: [{ host_port: 80 }],
          env_from: [{ secret_ref: [{ name: "a" }] }],
        },
        { liveness_probe: [{ http_get: [{ port: 8080 }] }], resources: [{ limits: { cpu_x: "1" } }] },
      ],
    },
  ],
}) as Block;

test("names, lists and single blocks are those of Kubernetes", () => {
  const view = kubernetesView(body);
  const values = (path: string): readonly unknown[] =>
    nodesAt(view, path).map((one) => (one.is === "scalar" ? one.value : one.is));
  assert.deepEqual(values("spec.hostPID"), [true]);
  assert.deepEqual(values("spec.containers.securityContext.readOnlyRootFilesystem"), [true]);
  assert.deepEqual(values("spec.containers.ports.hostPort"), [80]);
  assert.deepEqual(values("spec.containers.envFrom.secretRef.name"), ["a"]);
  assert.deepEqual(values("spec.containers.livenessProbe.httpGet.port"), [8080]);
  assert.deepEqual(values("spec.containers.resources.limits.cpu_x"), ["1"]);
  assert.deepEqual(values("metadata.labels.app_name"), ["web"]);
});

test("a view is made once, keeps its place and leads back to its block", () => {
  const view = kubernetesView(body);
  assert.equal(kubernetesView(body), view);
  assert.equal(originalOf(view), body);
  assert.equal(view.at, body.at);
  assert.equal(terraformName("readOnlyRootFilesystem"), "read_only_root_filesystem");
  assert.equal(terraformName("hostPID"), "host_pid");
});
