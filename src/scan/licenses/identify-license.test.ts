import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyLicenses } from "./identify-license.ts";
import { licenseTexts } from "./license-texts.ts";

function identified(text: string): readonly string[] {
  return identifyLicenses(text, licenseTexts()).licenses.map(({ id, from }) => `${id} ${from}`);
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;
const beerware = `"THE BEER-WARE LICENSE" (Revision 42): jane@a.example wrote this file. As long as you retain this notice
you can do whatever you want with this stuff. If we meet some day, and you think this stuff is worth it, you can buy me
a beer in return.`;

test("texts are known however they are laid out", () => {
  assert.deepEqual(identified(mit), ["MIT text"]);
  assert.deepEqual(identified(`Copyright (c) 2020 Jane Doe. All rights reserved. ${mit.replaceAll("\n", " ")}`), [
    "MIT text",
  ]);
  assert.deepEqual(
    identified(`/*\r\n${mit.replaceAll(/^/gm, " * ").replaceAll("\n", "\r\n")}*/\r\nint main() {}\r\n`),
    ["MIT text"],
  );
  assert.deepEqual(identified(`<p>${mit.replaceAll('"', "&quot;").replaceAll("\n\n", "</p>\n<p>")}</p>`), ["MIT text"]);
});

test("several texts in one file are all found", () => {
  assert.deepEqual(identified(`${mit}\n-----\n${"Something else entirely. ".repeat(50)}\n${beerware}`), [
    "MIT text",
    "Beerware text",
  ]);
});

const notices: readonly (readonly [text: string, ...expected: string[]])[] = [
  ["// SPDX-License-Identifier: MIT OR Apache-2.0", "MIT tag", "Apache-2.0 tag"],
  ["/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */", "GPL-2.0-only WITH Linux-syscall-note tag"],
  ['# Licensed under the Apache License, Version 2.0 (the "License");', "Apache-2.0 header"],
  ["// subject to the Mozilla Public License, v. 2.0. If a copy", "MPL-2.0 header"],
  ["/*! a.js | (c) Jane Doe | MIT License */", "MIT header"],
  ["Dual licensed under the MIT and GPLv2 licenses.", "MIT header", "GPL-2.0-only header"],
  ["This source file is subject to version 3.01 of the PHP license", "PHP-3.01 header"],
  [
    "under the terms of the GNU Lesser General Public License as published by the Free Software Foundation; either version 2.1 of the License, or (at your option) any later version. See the GNU Lesser General Public License for more details.",
    "LGPL-2.1-or-later header",
  ],
  ["under the terms of version 2 of the GNU General Public License as published", "GPL-2.0-only header"],
  ["the terms of the Common Development License; see https://www.opensource.org/licenses/cddl1.php", "CDDL-1.0 header"],
  ["Use of this source code is governed by a BSD-style license that can be found in the LICENSE file."],
  ["By using it you agree to the terms of service; fair use is under the law of Python."],
];

for (const [text, ...expected] of notices) {
  test(`notice: ${text.slice(0, 60)}`, () => assert.deepEqual(identified(text), expected));
}

test("who holds the copyright is no licence", () => {
  const { licenses, hasCopyright, hasText } = identifyLicenses(
    "Copyright © 2013–2016 by Peder Ås, 王二麻子\n",
    licenseTexts(),
  );
  assert.deepEqual({ licenses, hasCopyright, hasText }, { licenses: [], hasCopyright: true, hasText: false });
});

test("hostile texts end soon", () => {
  const hostile = [
    "<".repeat(600_000),
    "copyright (c) ".repeat(40_000),
    `${"1.".repeat(300_000)} `,
    "under the ".repeat(60_000),
    mit.repeat(500),
    "http://a.b ".repeat(50_000),
  ];
  for (const text of hostile) identified(text);
});
