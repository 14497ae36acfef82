import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPurl, packageOfPurl, parsePurl, purlOf } from "./purl.ts";

const written = [
  ["npm", "@angular/core", "1.0.0", "pkg:npm/%40angular/core@1.0.0"],
  ["npm", "JSONStream", "1.3.5", "pkg:npm/JSONStream@1.3.5"],
  ["NuGet", "Newtonsoft.Json", "13.0.1+b", "pkg:nuget/Newtonsoft.Json@13.0.1%2Bb"],
  ["Maven", "org.example:core", "1.0", "pkg:maven/org.example/core@1.0"],
  ["Go", "github.com/BurntSushi/toml", "1.0.0", "pkg:golang/github.com/BurntSushi/toml@v1.0.0"],
  ["Packagist", "acme/tools", undefined, "pkg:composer/acme/tools"],
  ["GitHub Actions", "actions/cache/restore", "v4", "pkg:githubactions/actions/cache@v4#restore"],
  ["CocoaPods", "ShareKit/Twitter", "2.0", "pkg:cocoapods/ShareKit@2.0#Twitter"],
  ["Docker", "images.example/team/app", "8.0", "pkg:docker/team/app@8.0?repository_url=images.example"],
  ["Docker", "node", "sha256:abc", "pkg:docker/node@sha256:abc"],
  ["Azure Pipelines", "UseDotNet", "2", "pkg:generic/azure-pipelines/UseDotNet@2"],
] as const;

test("packages are written as package URLs and found again in them", () => {
  for (const [ecosystem, name, version, purl] of written) {
    assert.equal(purlOf({ ecosystem, name, version }), purl);
    const found = packageOfPurl(purl);
    assert.deepEqual([found?.ecosystem, found?.name, found?.version], [ecosystem, name, version]);
  }
  assert.equal(purlOf({ ecosystem: "PyPI", name: "Zope.Interface" }), "pkg:pypi/zope-interface");
});

test("the repository of an OCI artifact holds its name, that of a Docker image is a host", () => {
  const nameOf = (purl: string) => packageOfPurl(purl)?.name;
  assert.equal(
    nameOf("pkg:oci/app@sha256%3Aab?repository_url=images.example/team/App&tag=1"),
    "images.example/team/App",
  );
  assert.equal(nameOf("pkg:oci/app@sha256%3Aab?repository_url=images.example/team"), "images.example/team/app");
  assert.equal(nameOf("pkg:docker/app/app@1?repository_url=images.example"), "images.example/app/app");
});

test("parts are encoded, sorted and brought to the form of their type", () => {
  assert.equal(
    formatPurl({
      type: "GitHub",
      namespace: "Acme",
      name: "Tool",
      qualifiers: { b: "x/y", A: "1" },
      subpath: "/a/../b c/",
    }),
    "pkg:github/acme/tool?a=1&b=x%2Fy#a/b%20c",
  );
  assert.equal(parsePurl("pkg:npm/@scope/name")?.version, undefined);
  assert.equal(parsePurl("pkg:npm/@scope/name@1.0.0")?.version, "1.0.0");
});

test("what is no package URL is none", () => {
  const broken = [
    "",
    "pkg:",
    "pkg:npm",
    "npm/a@1",
    "pkg:npm/a?b c=1",
    "pkg:npm/a?b=1&b=2",
    "pkg:npm/%zz",
    "pkg:vcpkg/a/b@1",
  ];
  for (const text of broken) assert.equal(parsePurl(text), undefined, text);
  assert.equal(packageOfPurl("pkg:unheard-of/a@1"), undefined);
  assert.equal(parsePurl(`pkg:npm/${"a/".repeat(100_000)}`), undefined);
});
