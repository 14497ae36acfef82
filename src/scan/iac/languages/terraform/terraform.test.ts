// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of HCL look like that

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { randomFrom } from "#model/testing/random.ts";
import type { Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { ReadUnit, Resource } from "../../resource.ts";
import { mutateText } from "../../testing/mutate-text.ts";
import { terraform } from "./terraform.ts";

type Files = Readonly<Record<string, string>>;

function sourceFiles(files: Files): readonly SourceFile[] {
  return Object.entries(files).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text);
    return { path, objectId: "", size: bytes.length, bytes: () => bytes, text: () => text };
  });
}

function readAll(files: Files): readonly (ReadUnit & { readonly root: string })[] {
  const sources = sourceFiles(files);
  const units = terraform.units(sources.map((file) => ({ path: file.path, links: terraform.links(file) })));
  const isLost = ({ path }: SourceFile) => !units.some(({ paths }) => paths.includes(path));
  assert.deepEqual(sources.filter(isLost), [], "every file is in a unit");
  return units.map(({ root, paths }) => ({
    root,
    ...terraform.read({ root, files: sources.filter(({ path }) => paths.includes(path)) }),
  }));
}

function readOne(files: Files): ReadUnit {
  const [unit, ...others] = readAll(files);
  assert.ok(unit && others.length === 0);
  return unit;
}

/** Values as JSON; what is not known as `?` and what it depends on. */
function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.is === "scalar") return node.value;
  if (node.is === "unknown") return ["?", ...node.refs].join(" ");
  const open = node.open === undefined ? [] : ["?"];
  if (node.is === "list") return [...node.items.map(plain), ...open];
  const members = node.keys().map((key) => [key, plain(node.get(key)?.value)] as const);
  return Object.fromEntries(node.maybe ? [...members, ["maybe", true]] : members);
}

/** One attribute of the resources that have it, by address. */
function valuesOf({ resources }: ReadUnit, key: string): Readonly<Record<string, unknown>> {
  const found = resources.filter(({ body, types }) => !/^(var|mod|loc|out)/.test(types[0] ?? "") && body.get(key));
  return Object.fromEntries(found.map(({ address, body }) => [address, plain(body.get(key)?.value)]));
}

function resource(unit: ReadUnit, address: string): Resource {
  const found = unit.resources.find((each) => each.address === address);
  assert.ok(found, address);
  return found;
}

test("files and templates that a module reads are part of its unit, and their policies are read", () => {
  const files: Files = {
    "live/main.tf":
      'module "m" {\n  source = "../modules/m"\n  kind = "wide"\n}\nresource "t_r" "own" { v = file("${path.module}/own.json") }',
    "live/own.json": '{ "Statement": [] }',
    "live/unread.json": '{ "Statement": [1] }',
    "live/shared.tftpl": "shared by ${who}",
    "modules/m/main.tf": `variable "kind" {}
resource "t_r" "exact" { v = templatefile("\${path.module}/tpl/policy.tftpl", { who = var.kind, all = ["a", "b"] }) }
resource "t_r" "chosen" { v = file("\${path.module}/tpl/\${var.kind}.json") }
resource "t_r" "root" { v = templatefile("\${path.root}/shared.tftpl", { who = "all" }) }
resource "t_r" "gap" { v = templatefile("\${path.module}/tpl/policy.tftpl", { who = t_other.x.id, all = [] }) }
resource "t_r" "outside" { v = file("\${path.module}/../../../etc/passwd") }`,
    "modules/m/tpl/policy.tftpl": "for ${who}:%{ for one in all } ${one}%{ endfor }",
    "modules/m/tpl/wide.json": '{ "Statement": ["*"] }',
  };
  const sources = sourceFiles(files).filter((file) => terraform.selects(file.path) && terraform.recognizes?.(file));
  const [unit, ...others] = terraform.units(sources.map((file) => ({ path: file.path, links: terraform.links(file) })));
  assert.ok(unit && others.length === 0);
  assert.deepEqual(
    Object.keys(files).filter((path) => !unit.paths.includes(path)),
    ["live/unread.json"],
  );
  const read = terraform.read({ root: unit.root, files: sources.filter(({ path }) => unit.paths.includes(path)) });
  assert.deepEqual(valuesOf(read, "v"), {
    "t_r.own": '{ "Statement": [] }',
    "module.m.t_r.exact": "for wide: a b",
    "module.m.t_r.chosen": '{ "Statement": ["*"] }',
    "module.m.t_r.root": "shared by all",
    "module.m.t_r.gap": "? module.m.t_other.x",
    "module.m.t_r.outside": "?",
  });
});

test("values come from variables, value files and locals", () => {
  const main = [
    'variable "a" { default = "default" }',
    'variable "b" { default = "default" }',
    'variable "c" { default = "default" }',
    'variable "d" {}',
    'variable "e" {\n  type = object({ x = optional(number, 3), y = string, z = optional(string) })\n  default = { y = true, extra = 1 }\n}',
    'variable "f" {\n  type = bool\n  default = "true"\n}',
    'locals {\n  ab = "${var.a}-${local.b}"\n  b = upper(var.b)\n  loop = local.pool\n  pool = local.loop\n}',
    'resource "t_r" "x" {\n  v = [var.a, var.b, var.c, var.d, var.e, var.f, local.ab, local.loop]\n}',
  ].join("\n");
  const unit = readOne({
    "main.tf": main,
    "terraform.tfvars": 'a = "tfvars"\nb = "tfvars"\n',
    "z.auto.tfvars": 'b = "z"',
    "a.auto.tfvars": 'b = "a"',
    "other.tfvars": 'c = "other"',
  });
  const expected = ["tfvars", "z", "default", "?", { x: 3, y: "true", z: null }, true, "tfvars-Z", "?"];
  assert.deepEqual(valuesOf(unit, "v"), { "t_r.x": expected });
  assert.deepEqual(unit.problems, []);
});

test("counts and loops are written out where they are known", () => {
  const unit = readOne({
    "main.tf": [
      'variable "u" {}',
      'resource "t_r" "none" {\n  count = 0\n  v = 1\n}',
      'resource "t_r" "two" {\n  count = 2\n  v = "n${count.index}"\n}',
      'resource "t_r" "set" {\n  for_each = toset(["a", "b", "a"])\n  v = each.value\n}',
      'resource "t_r" "map" {\n  for_each = { k = { n = 1 } }\n  v = "${each.key}${each.value.n}"\n}',
      'resource "t_r" "open" {\n  count = var.u\n  v = count.index\n}',
      'resource "t_r" "each" {\n  for_each = var.u\n  v = each.value.x\n}',
      'resource "t_r" "many" {\n  count = 1001\n  v = 1\n}',
      'resource "t_r" "self" {\n  count = length(t_r.self)\n  v = 1\n}',
      'data "t_d" "d" {\n  count = 1\n  v = t_r.two[1].v\n}',
      'resource "t_r" "refs" {\n  v = [t_r.two[*].v, t_r.map["k"].id, t_r.two[0].id, data.t_d.d[0].x, t_r.open[0].v, t_r.each["q"].id]\n}',
    ].join("\n"),
  });
  assert.deepEqual(valuesOf(unit, "v"), {
    "t_r.two[0]": "n0",
    "t_r.two[1]": "n1",
    't_r.set["a"]': "a",
    't_r.set["b"]': "b",
    't_r.map["k"]': "k1",
    "t_r.open": "?",
    "t_r.each": "?",
    "t_r.many": 1,
    "t_r.self": 1,
    "data.t_d.d[0]": "n1",
    "t_r.refs": [["n0", "n1"], '? t_r.map["k"]', "? t_r.two[0]", "? data.t_d.d[0]", "?", "? t_r.each"],
  });
  assert.match(unit.problems[0]?.message ?? "", /more than 1000 instances/);
});

test("dynamic blocks become blocks, or one that may be there", () => {
  const unit = readOne({
    "main.tf": `
variable "u" {}
resource "t_r" "x" {
  rule { n = 0 }
  dynamic "rule" {
    for_each = [{ n = 1, in = ["a", "b"] }]
    content {
      n = rule.value.n
      dynamic "inner" {
        for_each = rule.value.in
        iterator = it
        content { v = "\${rule.key}\${it.value}" }
      }
    }
  }
  dynamic "none" {
    for_each = []
    content {}
  }
  dynamic "perhaps" {
    for_each = var.u
    content { v = perhaps.value }
  }
  backend "s3" { b = 1 }
}`,
  });
  const { body } = resource(unit, "t_r.x");
  assert.deepEqual(plain(body), {
    rule: [{ n: 0 }, { n: 1, inner: [{ v: "0a" }, { v: "0b" }] }],
    perhaps: [{ v: "?", maybe: true }, "?"],
    backend: [{ s3: [{ b: 1 }] }],
  });
  assert.equal(body.get("none"), undefined);
});

const moduleFiles: Files = {
  "main.tf": [
    'locals { tls = "1.0" }',
    'module "m" {\n  source = "./modules/m"\n  for_each = toset(["x", "y"])\n  name = each.key\n  tls = local.tls\n}',
    'module "far" { source = "far/away/aws" }',
    'resource "t_r" "out" { v = [module.m["x"].name, module.m["y"].id, module.far.id] }',
    'resource "t_r" "key" { v = 1 }',
    'module "key" {\n  source = "./modules/m"\n  name = t_r.key.id\n}',
  ].join("\n"),
  "modules/m/main.tf": [
    'variable "name" {}\nvariable "tls" { default = "1.3" }',
    'resource "t_m" "r" {\n  v = "${path.module}:${var.name}"\n  tls = var.tls\n}',
    'output "name" { value = t_m.r.v }\noutput "id" { value = t_m.r.id }',
  ].join("\n"),
};

test("modules are read with what their calls say", () => {
  const unit = readOne(moduleFiles);
  assert.deepEqual(valuesOf(unit, "v"), {
    "t_r.out": ["modules/m:x", '? module.m["y"].t_m.r', "? module.far"],
    "t_r.key": 1,
    'module.m["x"].t_m.r': "modules/m:x",
    'module.m["y"].t_m.r': "modules/m:y",
    "module.key.t_m.r": "? t_r.key",
  });
  assert.deepEqual(
    Object.values(valuesOf(unit, "tls")).toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    ["1.0", "1.0", "1.3"],
  );
  const inner = resource(unit, 'module.m["x"].t_m.r');
  assert.deepEqual(
    inner.calledFrom.map((place) => [place.file.path, spanOf(place).startLine]),
    [["main.tf", 2]],
  );
  const tls = inner.body.get("tls")?.value;
  assert.ok(tls?.from);
  assert.deepEqual([tls.at.file.path, spanOf(tls.at).startLine], ["modules/m/main.tf", 5]);
  assert.deepEqual([tls.from.file.path, spanOf(tls.from).startLine], ["main.tf", 1]);
});

test("modules that call each other lose no file and come to an end", () => {
  const units = readAll({
    "a/main.tf": 'module "b" { source = "../b" }\nresource "t_r" "a" { v = 1 }',
    "b/main.tf": 'module "a" { source = "../a" }\nresource "t_r" "b" { v = 1 }',
    "c/main.tf": 'module "c" { source = "./" }\nresource "t_r" "c" { v = 1 }',
  });
  assert.deepEqual(
    units.map(({ root, resources, problems }) => [
      root,
      resources.filter((r) => r.types[0] === "t_r").length,
      problems.length,
    ]),
    [
      ["c", 1, 1],
      ["a", 2, 1],
    ],
  );
});

test("resources are found by type with their whole block", () => {
  const unit = readOne({
    "main.tf": [
      "# a comment",
      'provider "aws" {\n  alias = "west"\n}',
      'terraform {\n  required_version = ">= 1"\n}',
      'resource "t_r" "x" {\n  v = 1\n}',
      'check "c" {}\nmoved {\n  from = a\n  to = b\n}',
      'output "o" {\n  value = 1\n}',
      'module "m" { source = "x/y/z" }',
    ].join("\n"),
    "twice.tf": 'resource "t_r" "x" {\n  v = 2\n}\n',
    "x_override.tf": 'terraform {\n  required_version = ">= 2"\n}',
  });
  assert.deepEqual(
    unit.resources.map(({ types, address, at }) => [types[0], address, spanOf(at).startLine, spanOf(at).endLine]),
    [
      ["provider.aws", "provider.aws.west", 2, 4],
      ["terraform", "terraform", 5, 7],
      ["t_r", "t_r.x", 8, 10],
      ["output", "output.o", 16, 18],
      ["module", "module.m", 19, 19],
      ["t_r", "t_r.x", 1, 3],
    ],
  );
  assert.equal(plain(resource(unit, "terraform").body.get("required_version")?.value), ">= 2");
});

test("resources that belong together are connected in both directions", () => {
  const unit = readOne({
    "main.tf": `
locals { name = "logs" }
resource "x_bucket" "a" {
  for_each = toset(["p", "q"])
  bucket = "b-\${each.key}"
}
resource "x_bucket_lock" "a" {
  for_each = x_bucket.a
  bucket = each.value.id
}
resource "x_bucket" "logs" { bucket = local.name }
resource "x_bucket_rule" "named" { bucket = "logs" }
resource "x_other" "o" {
  name = "logs"
  depends_on = [x_bucket.logs]
}
module "m" {
  source = "./m"
  target = x_bucket.a["q"].arn
}
resource "x_use" "u" { of = module.m.id }
variable "who" {}
resource "x_bucket" "who" { bucket = var.who }
resource "x_bucket_rule" "who" { bucket = var.who }
module "far" {
  source = "x/y/z"
  bucket = x_bucket.a["p"].id
}`,
    "m/main.tf": `
variable "target" {}
resource "x_inner" "i" { policy = jsonencode({ to = [var.target] }) }
output "id" { value = x_inner.i.id }`,
  });
  const near = (address: string) => {
    const types = ["x_bucket", "x_bucket_lock", "x_bucket_rule", "x_other", "x_inner", "x_use"];
    const { resources, open } = resource(unit, address).connected(types);
    return [...resources.map((each) => each.address), ...(open === undefined ? [] : ["?"])];
  };
  assert.deepEqual(near('x_bucket.a["p"]'), ['x_bucket_lock.a["p"]', "?"]);
  assert.deepEqual(near('x_bucket.a["q"]'), ['x_bucket_lock.a["q"]', "module.m.x_inner.i"]);
  assert.deepEqual(near('x_bucket_lock.a["p"]'), ['x_bucket.a["p"]']);
  assert.deepEqual(near("x_bucket.logs"), ["x_bucket_rule.named"]);
  assert.deepEqual(near("x_bucket_rule.named"), ["x_bucket.logs"]);
  assert.deepEqual(near("x_bucket.who"), ["x_bucket_rule.who"]);
  assert.deepEqual(near("x_other.o"), []);
  assert.deepEqual(near("x_use.u"), ["module.m.x_inner.i"]);
});

test("the text of a policy document has its JSON as structure", () => {
  const main = `
data "aws_iam_policy_document" "read" {
  for_each = toset(["a", "b.c"])
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::\${each.key}/*"]
    principals {
      type        = "AWS"
      identifiers = ["123456789012"]
    }
    principals {
      type        = "AWS"
      identifiers = ["210987654321"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = [local.read, data.aws_iam_policy_document.all.json]
  statement {
    effect  = "Deny"
    actions = ["s3:PutObject"]
  }
}
locals { read = data.aws_iam_policy_document.read["b.c"].json }
resource "aws_iam_policy" "all" { policy = data.aws_iam_policy_document.all.json }
`;
  const policy = resource(readOne({ "main.tf": main }), "aws_iam_policy.all").body.get("policy")?.value;
  assert.ok(policy?.is === "unknown");
  assert.deepEqual(plain(policy.content), {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Action: ["s3:PutObject"] },
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::b.c/*"],
        Principal: { AWS: ["123456789012", "210987654321"] },
        Condition: { Bool: { "aws:SecureTransport": ["true"] } },
      },
    ],
  });
});

test("the JSON form is read like the other", () => {
  const json = {
    "//": "a comment",
    variable: { u: { type: "list(string)", default: ["a"] } },
    resource: {
      t_r: {
        x: {
          v: '${var.u[0]} "q" ${upper("z")}',
          dynamic: { d: { for_each: "${var.u}", content: { w: "${d.value}" } } },
        },
        y: [{ count: 2, v: { "${var.u[0]}": true } }],
      },
    },
  };
  const unit = readOne({
    "main.tf.json": JSON.stringify(json, undefined, 1),
    "terraform.tfvars.json": '{"u": ["${b}"]}',
  });
  assert.deepEqual(valuesOf(unit, "v"), {
    "t_r.x": '${b} "q" Z',
    "t_r.y[0]": { "${var.u[0]}": true },
    "t_r.y[1]": { "${var.u[0]}": true },
  });
  assert.deepEqual(valuesOf(unit, "d"), { "t_r.x": [{ w: "${b}" }] });
  assert.equal(spanOf(resource(unit, "t_r.x").at).startLine, 13);
});

test("a module of another repository is told once, without what its address is opened with", () => {
  const source = ["git::https://build:", "s3@cr3t", "@git.example/shop/_git/network//hub?ref=v2"].join("");
  const call = (name: string) => `module "${name}" {\n  source = "${source}"\n}\n`;
  const { problems } = readOne({ "main.tf": call("a") + call("b"), "more.tf": call("c") });
  assert.deepEqual(
    problems.map(({ message, isNotice }) => [message, isNotice]),
    [
      [
        "The module git::https://git.example/shop/_git/network//hub?ref=v2 is not in the repository; what it makes was not examined.",
        true,
      ],
    ],
  );
});

test("installed modules and files of the unit are opened", () => {
  const unit = readOne({
    "main.tf":
      'module "m" { source = "far/away/aws" }\nresource "t_r" "x" { v = [file("${path.module}/main.tf"), file("no.txt")] }',
    ".terraform/modules/modules.json": '{"Modules":[{"Key":"","Dir":"."},{"Key":"m","Dir":".terraform/modules/m"}]}',
    ".terraform/modules/m/main.tf": 'resource "t_m" "in" { v = 1 }',
  });
  assert.equal(valuesOf(unit, "v")["module.m.t_m.in"], 1);
  assert.match(String(Object(valuesOf(unit, "v")["t_r.x"])[0]), /^module "m"/);
});

test("damaged files never crash the reader", () => {
  const random = randomFrom(7);
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "${",
    "%{",
    "<<A\n",
    "\n",
    "for",
    "=",
    ".",
    "*",
    "...",
    "\\",
    "\0",
    "each.value",
    "module.",
  ];
  const touch = (node: Node | undefined, depth: number): void => {
    if (!node || depth > 8) return;
    if (node.is === "list") for (const item of node.items) touch(item, depth + 1);
    if (node.is === "block") for (const key of node.keys()) touch(node.get(key)?.value, depth + 1);
  };
  for (let round = 0; round < 300; round++) {
    const damaged = Object.entries(moduleFiles).map(
      ([path, text]) => [path, mutateText(text, random, pieces)] as const,
    );
    for (const { resources } of readAll(Object.fromEntries(damaged))) {
      for (const { body, connected } of resources) {
        touch(body, 0);
        connected(["t_m"]);
      }
    }
  }
});

test("calls of thousands of modules that are not there cost no more for each than those of a few", () => {
  takesAtMost(10, () => {
    const calls = Array.from(
      { length: 40_000 },
      (_, at) => `module "m${at}" {\n  source = "git::https://a.example/${at}"\n}\n`,
    );
    const { problems } = readOne({ "main.tf": calls.join("") });
    assert.equal(problems.length, 40_000);
  });
});
