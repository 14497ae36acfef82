import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

const isc = `Copyright (c) 2020, Jane Doe

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.
`;

function packagesOf(texts: Readonly<Record<string, string>>): readonly string[] {
  return readPackages(texts).manifests.flatMap(({ packages }) =>
    packages.map(
      ({ name, version, licenses, at }) => `${name}@${version ?? "?"} ${licenses?.join() ?? "-"} ${at.path}`,
    ),
  );
}

test("a vendored folder with a licence is a package", () => {
  assert.deepEqual(packagesOf({ "third_party/zlib-1.2.11/LICENSE": isc }), [
    "zlib@1.2.11 ISC third_party/zlib-1.2.11/LICENSE",
  ]);
  assert.deepEqual(packagesOf({ "src/node_modules/@a/b/license.md": isc }), [
    "@a/b@? ISC src/node_modules/@a/b/license.md",
  ]);
  assert.deepEqual(packagesOf({ "packages/Foo.Bar.1.2.3/LICENSE.txt": isc }), [
    "Foo.Bar@1.2.3 ISC packages/Foo.Bar.1.2.3/LICENSE.txt",
  ]);
  assert.deepEqual(packagesOf({ "vendor/a/third_party/b/COPYING": "Nobody may use this.\n" }), [
    "b@? - vendor/a/third_party/b/COPYING",
  ]);
});

test("files of one folder are one package", () => {
  const apache = "Licensed under the Apache License, Version 2.0\n";
  assert.deepEqual(
    packagesOf({ "vendor/a/LICENSE-APACHE": apache, "vendor/a/LICENSE-ISC": isc, "vendor/a/NOTICE": "" }),
    ["a@? Apache-2.0,ISC vendor/a/LICENSE-APACHE"],
  );
});

test("a repository's own licence, its workspaces and prose about licences are nobody's packages", () => {
  const own = ["LICENSE", "packages/core/LICENSE", "vendor/LICENSE", "vendor/a/licenses.md", "vendor/a/license.ts"];
  assert.deepEqual(packagesOf(Object.fromEntries(own.map((path) => [path, isc]))), []);
});
