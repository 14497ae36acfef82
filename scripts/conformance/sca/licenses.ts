/** Licence texts, files and headers: what is recognised, against what other tools recognise in the same ones. */
import { join } from "node:path";
import { type Identification, identifyLicenses } from "#scan/licenses/identify-license.ts";
import { licenseTexts } from "#scan/licenses/license-texts.ts";
import { presentId } from "#scan/licenses/spdx-ids.ts";
import { readJsonLines } from "./read-lines.ts";
import { judged, type Verdict } from "./verdict.ts";

interface FilesCase {
  readonly id: string;
  readonly convention: "licensee" | "licenseclassifier";
  readonly expected: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly copyrightLine?: boolean;
  readonly source?: string;
}

interface TextCase {
  readonly id: string;
  readonly sameText?: readonly string[];
  readonly text: string;
}

export function licenseVerdicts(folder: string): readonly Verdict[] {
  const files = readJsonLines<FilesCase>(join(folder, "licenses/identify.jsonl")).map((one) =>
    one.convention === "licensee" ? asLicensee(one) : asClassifier(one),
  );
  const texts = readJsonLines<TextCase>(join(folder, "licenses/texts.jsonl")).map(({ id, sameText = [], text }) => {
    // Texts of deprecated ids are those of the ids that stand in for them.
    const right = [id, ...sameText].flatMap((one) => [plainId(one), plainId(presentId(one))]);
    return judged({ group: "SPDX text", id, expected: right }, () => {
      const got = identifyLicenses(text, licenseTexts())
        .licenses.filter(({ from }) => from === "text")
        .flatMap(allIds);
      return { agrees: got.some((one) => right.includes(one)), got };
    });
  });
  return [...files, ...texts];
}

function allIds({ id, alike = [] }: Identification["licenses"][number]): readonly string[] {
  return [id, ...alike].map(plainId);
}

/** licenseclassifier has one name for `only` and `or later`; which of them is meant is not in its expectations. */
function plainId(id: string): string {
  return id
    .replace(/ WITH .*$/, "")
    .replace(/-with-.*$/i, "")
    .replace(/-(?:only|or-later)$/, "")
    .replace(/\+$/, "");
}

function asClassifier({ id, expected, files, copyrightLine, source }: FilesCase): Verdict {
  const wanted = [...new Set(expected.map((one) => plainId(presentId(one))))].toSorted();
  return judged(
    { group: "licenseclassifier", id: `${id} ${source}`, expected: { licenses: wanted, copyrightLine } },
    () => {
      const found = Object.values(files).map((text) => identifyLicenses(text, licenseTexts()));
      const licenses = [
        ...new Set(found.flatMap((one) => one.licenses.map((license) => plainId(license.id)))),
      ].toSorted();
      const hasCopyright = found.some((one) => one.hasCopyright);
      // Whether there is a copyright line is told beside, and not what is measured.
      return { agrees: same(licenses, wanted), got: { licenses, copyrightLine: hasCopyright } };
    },
  );
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}

/** The licences that licensee knows, which are those of choosealicense.com; all others are `other` to it. */
const knownToLicensee: ReadonlySet<string> = new Set(
  `0bsd afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 blueoak-1.0.0 bsd-2-clause bsd-2-clause-patent bsd-3-clause bsd-3-clause-clear
  bsd-4-clause bsl-1.0 cc-by-4.0 cc-by-sa-4.0 cc0-1.0 cecill-2.1 cern-ohl-p-2.0 cern-ohl-s-2.0 cern-ohl-w-2.0 ecl-2.0 epl-1.0
  epl-2.0 eupl-1.1 eupl-1.2 gfdl-1.3 gpl-2.0 gpl-3.0 isc lgpl-2.1 lgpl-3.0 lppl-1.3c mit mit-0 mpl-2.0 ms-pl ms-rl
  mulanpsl-2.0 ncsa odbl-1.0 ofl-1.1 osl-3.0 postgresql unlicense upl-1.0 vim wtfpl zlib`.split(/\s+/),
);

/** One key for a folder: that of its licence files, of a readme only if there are none; several are `other`, LGPL over GPL. */
function asLicensee({ id, expected, files, source }: FilesCase): Verdict {
  const isKnown = expected.some((key) => knownToLicensee.has(key));
  const group = isKnown ? "licensee known" : "licensee other or none";
  return judged({ group, id: `${id} ${source}`, expected: expected[0] }, () => {
    const all = Object.entries(files);
    const own = all.filter(([name]) => /licen[sc]e|copying|unlicense|legal|ofl/i.test(name));
    const found = (own.length > 0 ? own : all).map(([name, text]) => keyOf(text, /readme/i.test(name)));
    const keys = [...new Set(found.filter((key) => key !== "no-license"))];
    const lesser = keys.find((key) => key.startsWith("lgpl"));
    const pair =
      lesser !== undefined && keys.every((key) => key === lesser || key.startsWith("gpl")) ? lesser : undefined;
    const got = pair ?? (keys.length > 1 ? "other" : (keys[0] ?? "no-license"));
    return { agrees: got === expected[0], got };
  });
}

function keyOf(text: string, isReadme: boolean): string {
  const { licenses, hasText } = identifyLicenses(text, licenseTexts());
  const whole = licenses.filter(({ from }) => from === "text" || isReadme);
  if (whole.length === 0) return hasText && !isReadme ? "other" : "no-license";
  const keys = whole.map((one) => plainId(one.id).toLowerCase());
  return keys.length === 1 && knownToLicensee.has(keys[0] ?? "") ? (keys[0] ?? "") : "other";
}
