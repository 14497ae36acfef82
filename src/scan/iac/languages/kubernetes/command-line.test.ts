/** Flags are found however a container starts its program, and only where it does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { commandLineOf } from "./command-line.ts";

function flags(program: string, container: string): Readonly<Record<string, string | undefined>> | undefined {
  const [document] = readYaml({ path: "a.yaml", text: container }).documents;
  const line = document?.node && commandLineOf(document.node, program);
  return line && Object.fromEntries([...line.flags].map(([name, { value }]) => [name, value]));
}

test("flags of a program", () => {
  const cases: readonly (readonly [string, string, ReturnType<typeof flags>])[] = [
    ["kubelet", "command: [kubelet, --a=1, --b, '2', --c]", { a: "1", b: "2", c: undefined }],
    ["kubelet", "command: [/usr/bin/kubelet]\nargs: [--a=x=y]", { a: "x=y" }],
    ["kubelet", "command: [sh, -c, 'exec kubelet --a=1 --b=2']", { a: "1", b: "2" }],
    ["etcd", "image: registry.example/etcd:3.5\nargs: [--a=1]", { a: "1" }],
    ["etcd", "command: [backup, --folder, /var/lib/etcd]", undefined],
    ["etcd", "image: etcd\ncommand: [etcdctl, get]", undefined],
    ["kubelet", "command:\nimage: web", undefined],
  ];
  for (const [program, container, expected] of cases) assert.deepEqual(flags(program, container), expected, container);
});
