import assert from "node:assert/strict";
import { test } from "node:test";
import type { Advisory } from "#model/advisory.ts";
import { fixedIn, upgradesOf } from "./choose-upgrade.ts";

function advisory(id: string, affected: Advisory["affected"]): Advisory {
  const rest = { aliases: [], isMalicious: false, vectors: [], weaknesses: [], references: [], source: "" };
  return { id, title: id, ...rest, affected };
}

test("advisories with tens of thousands of ranges, events and versions end, with an upgrade or without", {
  timeout: 60_000,
}, () => {
  const count = 30_000;
  const each = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
  const shuffled = each((index) =>
    index % 2 === 0 ? { introduced: `${(index * 104_729) % count}.0.0` } : { fixed: `${(index * 7919) % count}.0.0` },
  );
  const advisories = [
    advisory("A", [
      {
        ranges: each((index) => ({ events: [{ introduced: `${index}.0.0` }, { fixed: `${index}.0.1` }] })),
        versions: [],
      },
    ]),
    advisory("B", [{ ranges: [{ events: shuffled }], versions: [] }]),
    advisory("C", [{ ranges: [], versions: each((index) => `${index}.0.0`) }]),
  ];
  const choose = upgradesOf({ ecosystem: "npm", key: "p", advisories }, []);
  for (const one of advisories) {
    choose(one, "1.0.0");
    fixedIn("npm", one);
  }
  assert.equal(fixedIn("npm", advisories[0] as Advisory)[0], `${count - 2000}.0.1`);
});
