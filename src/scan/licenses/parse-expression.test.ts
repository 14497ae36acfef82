import assert from "node:assert/strict";
import { test } from "node:test";
import { categoryOf, categoryOfLicense } from "./category-of.ts";
import { knowinglyUnknown, licenseCategories } from "./license-categories.ts";
import { writeExpression } from "./license-expression.ts";
import { parseExpression } from "./parse-expression.ts";
import { licenseId, listedLicenses } from "./spdx-ids.ts";

function read(text: string): string {
  return writeExpression(parseExpression(text));
}

const readings: readonly (readonly [string, string])[] = [
  ["mit", "MIT"],
  ["MIT/Apache-2.0", "MIT OR Apache-2.0"],
  ["(MIT OR GPL-3.0) and isc", "(MIT OR GPL-3.0-only) AND ISC"],
  ["Apache-2.0 WITH LLVM-exception OR (MIT AND Zlib)", "Apache-2.0 WITH LLVM-exception OR (MIT AND Zlib)"],
  ["LicenseRef-foo AND DocumentRef-x:LicenseRef-y", "LicenseRef-foo AND DocumentRef-x:LicenseRef-y"],
  ["GPL-2.0+", "GPL-2.0-or-later"],
  ["Apache-2.0+", "Apache-2.0+"],
  ["GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"],
  ["Apache 2.0", "Apache-2.0"],
  ["The Apache Software License, Version 2.0", "Apache-2.0"],
  ["GPLv3", "GPL-3.0-only"],
  ["GNU Lesser General Public License v2.1 or later", "LGPL-2.1-or-later"],
  ["GNU General Public License, version 2 with the Classpath Exception", "GPL-2.0-only WITH Classpath-exception-2.0"],
  ["CDDL + GPLv2 with classpath exception", "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0"],
  ["Eclipse Public License - v 2.0", "EPL-2.0"],
  ["Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"],
  ["MIT License (Expat)", "MIT"],
  ["MIT License (see the LICENSE file)", "MIT"],
  ["GNU General Public License v2 (GPL)", "GPL-2.0-only"],
  ["GPL (>= 2)", "GPL-2.0-or-later"],
  ["MIT + file LICENSE", "MIT"],
  ["GPL-2 | GPL-3", "GPL-2.0-only OR GPL-3.0-only"],
  ["License :: OSI Approved :: MIT License", "MIT"],
  ["License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)", "GPL-2.0-or-later"],
  ["https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"],
  ["https://licenses.feed.example/MIT%20OR%20Apache-2.0", "MIT OR Apache-2.0"],
  ["https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"],
  ['{"type":"MIT","url":"https://a.example"}', "MIT"],
  ['[{"type":"MIT"},{"type":"GPL-2.0"}]', "MIT OR GPL-2.0-only"],
  ["BSD-3-Clause OR BSD", 'BSD-3-Clause OR "BSD"'],
];

for (const [text, expected] of readings) {
  test(`${text} is ${expected}`, () => assert.equal(read(text), expected));
}

test("what is not clear stays the text that it is", () => {
  const unclear = [
    "BSD",
    "License :: OSI Approved :: BSD License",
    "SEE LICENSE IN LICENSE.md",
    "NOASSERTION",
    "https://aka.ms/deprecateLicenseUrl",
    "Dual licence: MIT or GPL",
    "MIT, BSD",
    "MIT license (see GPL)",
    "Apache 2.0 (dual licensed with AGPLv3)",
    "MIT License (GPL/LGPL)",
    "MIT License (https://www.gnu.org/licenses/gpl-3.0.html)",
    "License :: OSI Approved :: MIT License (GPL)",
    "MIT OR",
    "MIT WITH nothing",
    "()",
    "",
  ];
  for (const text of unclear) assert.deepEqual(parseExpression(text), { is: "unknown", text });
});

test("hostile expressions end soon", () => {
  const hostile = [
    "(".repeat(1900),
    `${"MIT OR ".repeat(280)}MIT`,
    "[".repeat(1900),
    "a".repeat(1e6),
    "+".repeat(1900),
  ];
  for (const text of hostile) assert.equal(parseExpression(text).is, "unknown", text.slice(0, 10));
});

test("every listed licence is of a kind, or knowingly of none", () => {
  const without = listedLicenses.filter((license) => categoryOfLicense(license) === "unknown").map(({ id }) => id);
  assert.deepEqual(
    without.filter((id) => !knowinglyUnknown.includes(id)),
    [],
  );
});

test("the table of kinds names what exists, once", () => {
  const ids = Object.values(licenseCategories).flatMap((text) => text.trim().split(/\s+/));
  assert.deepEqual(
    ids.filter((id) => !id.endsWith("*") && !/^(?:LicenseRef-|UNLICENSED)/.test(id) && licenseId(id) === undefined),
    [],
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("a choice asks as little as its best branch, parts together as much as the worst", () => {
  assert.equal(categoryOf("MIT OR GPL-3.0-only"), "permissive");
  assert.equal(categoryOf("MIT AND GPL-3.0-only"), "strong-copyleft");
  assert.equal(categoryOf("GPL-2.0-only WITH Classpath-exception-2.0"), "weak-copyleft");
  assert.equal(categoryOf("GPL-2.0-only WITH Linux-syscall-note"), "strong-copyleft");
  assert.equal(categoryOf("BSD"), "unknown");
});
