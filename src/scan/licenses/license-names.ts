/** Recognises licences by the names and addresses that people write. A name that fits several licences fits none. */
import { namesAnother } from "./named-beside.ts";
import { listedLicenses, presentId } from "./spdx-ids.ts";

/** Names that SPDX does not list, shortened as `nameKey` does, with the expressions that they mean. */
const otherNames: Readonly<Record<string, string>> = {
  "apache software 2": "Apache-2.0",
  "apache software 1.1": "Apache-1.1",
  "asf 2": "Apache-2.0",
  "asl 2": "Apache-2.0",
  "al 2": "Apache-2.0",
  expat: "MIT",
  "mit expat": "MIT",
  "expat mit": "MIT",
  "mit x 11": "MIT",
  "x 11 mit": "MIT",
  "mit no attribution": "MIT-0",
  "bouncy castle": "MIT",
  "new bsd": "BSD-3-Clause",
  "bsd new": "BSD-3-Clause",
  "revised bsd": "BSD-3-Clause",
  "modified bsd": "BSD-3-Clause",
  "bsd 3": "BSD-3-Clause",
  "3 clause bsd": "BSD-3-Clause",
  "bsd 3 clauses": "BSD-3-Clause",
  "3 bsd": "BSD-3-Clause",
  "eclipse distribution 1": "BSD-3-Clause",
  "edl 1": "BSD-3-Clause",
  "simplified bsd": "BSD-2-Clause",
  "bsd simplified": "BSD-2-Clause",
  "bsd 2": "BSD-2-Clause",
  "2 clause bsd": "BSD-2-Clause",
  "bsd 2 clauses": "BSD-2-Clause",
  freebsd: "BSD-2-Clause",
  "original bsd": "BSD-4-Clause",
  "bsd 4": "BSD-4-Clause",
  "4 clause bsd": "BSD-4-Clause",
  "0 clause bsd": "0BSD",
  "bsd 0 clause": "0BSD",
  "isc iscl": "ISC",
  "boost software": "BSL-1.0",
  boost: "BSL-1.0",
  "mozilla public 1": "MPL-1.0",
  "eclipse public": "EPL-1.0",
  "cddl 1": "CDDL-1.0",
  "cddl gpl 2 ce": "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0",
  "cddl gpl 2 with classpath exception": "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0",
  "cddl plus gpl 2 with classpath exception": "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0",
  "gpl 2 with classpath exception": "GPL-2.0-only WITH Classpath-exception-2.0",
  "gpl 2 w cpe": "GPL-2.0-only WITH Classpath-exception-2.0",
  "gpl 2 with the classpath exception": "GPL-2.0-only WITH Classpath-exception-2.0",
  "gpl 2 ce": "GPL-2.0-only WITH Classpath-exception-2.0",
  // The text of each of them says that no version means any.
  gpl: "GPL-1.0-or-later",
  lgpl: "LGPL-2.0-or-later",
  agpl: "AGPL-1.0-or-later",
  perl: "Artistic-1.0-Perl OR GPL-1.0-or-later",
  "perl 5": "Artistic-1.0-Perl OR GPL-1.0-or-later",
  "same as perl 5": "Artistic-1.0-Perl OR GPL-1.0-or-later",
  "same terms as perl 5 itself": "Artistic-1.0-Perl OR GPL-1.0-or-later",
  "artistic perl": "Artistic-1.0-Perl",
  psf: "PSF-2.0",
  "python foundation": "PSF-2.0",
  "python software foundation": "PSF-2.0",
  psfl: "PSF-2.0",
  "zope public 2.1": "ZPL-2.1",
  "historical permission notice and disclaimer hpnd": "HPND",
  "university of illinois ncsa open source": "NCSA",
  "zlib libpng": "Zlib",
  "cc 0": "CC0-1.0",
  "cc 0 1 universal": "CC0-1.0",
  "creative commons zero": "CC0-1.0",
  "public domain cc 0": "CC0-1.0",
  "creative commons cc 0": "CC0-1.0",
  "public domain": "LicenseRef-scancode-public-domain",
  publicdomain: "LicenseRef-scancode-public-domain",
  "cc by 4": "CC-BY-4.0",
  "do what the fuck you want to public": "WTFPL",
  "wtfpl 2": "WTFPL",
  "universal permissive 1": "UPL-1.0",
  "european union public 1.1": "EUPL-1.1",
  "european union public 1.2": "EUPL-1.2",
  proprietary: "LicenseRef-scancode-proprietary",
  "other proprietary": "LicenseRef-scancode-proprietary",
  commercial: "LicenseRef-scancode-commercial-license",
  "all rights reserved": "LicenseRef-scancode-proprietary",
  "ms pl": "MS-PL",
  "microsoft public": "MS-PL",
  "microsoft reciprocal": "MS-RL",
  "microsoft net library": "LicenseRef-scancode-ms-net-library",
};

/** Addresses as they are after `addressKey`. */
const otherAddresses: Readonly<Record<string, string>> = {
  "apache.org/licenses/license-2.0": "Apache-2.0",
  "apache.org/licenses/license-1.1": "Apache-1.1",
  "apache.org/license-2.0": "Apache-2.0",
  "opensource.org/licenses/mit-license": "MIT",
  "opensource.org/license/mit": "MIT",
  "mit-license.org": "MIT",
  "creativecommons.org/licenses/mit": "MIT",
  "bouncycastle.org/licence": "MIT",
  "opensource.org/licenses/bsd-license": "BSD-2-Clause",
  "opensource.org/licenses/bsd-2-clause": "BSD-2-Clause",
  "opensource.org/licenses/bsd-3-clause": "BSD-3-Clause",
  "opensource.org/licenses/apache2.0": "Apache-2.0",
  "opensource.org/licenses/isc-license": "ISC",
  "opensource.org/licenses/cddl1": "CDDL-1.0",
  "opensource.org/licenses/cpl1.0": "CPL-1.0",
  "opensource.org/licenses/ms-pl": "MS-PL",
  "microsoft.com/opensource/licenses.mspx": "MS-PL",
  "eclipse.org/legal/epl-v10": "EPL-1.0",
  "eclipse.org/legal/epl-v20": "EPL-2.0",
  "eclipse.org/legal/epl-2.0": "EPL-2.0",
  "eclipse.org/org/documents/epl-v10": "EPL-1.0",
  "eclipse.org/org/documents/epl-2.0/epl-2.0": "EPL-2.0",
  "eclipse.org/org/documents/edl-v10": "BSD-3-Clause",
  "gnu.org/licenses/gpl-2.0": "GPL-2.0-only",
  "gnu.org/licenses/old-licenses/gpl-2.0": "GPL-2.0-only",
  "gnu.org/licenses/gpl-3.0": "GPL-3.0-only",
  "gnu.org/licenses/gpl": "GPL-3.0-only",
  "gnu.org/licenses/lgpl-2.1": "LGPL-2.1-only",
  "gnu.org/licenses/old-licenses/lgpl-2.1": "LGPL-2.1-only",
  "gnu.org/licenses/lgpl-3.0": "LGPL-3.0-only",
  "gnu.org/licenses/lgpl": "LGPL-3.0-only",
  "gnu.org/licenses/agpl-3.0": "AGPL-3.0-only",
  "gnu.org/licenses/agpl": "AGPL-3.0-only",
  "gnu.org/software/classpath/license": "GPL-2.0-or-later WITH Classpath-exception-2.0",
  "glassfish.java.net/public/cddl+gpl_1_1": "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0",
  "glassfish.dev.java.net/public/cddl+gpl_1_1": "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0",
  "mozilla.org/mpl/2.0": "MPL-2.0",
  "mozilla.org/en-us/mpl/2.0": "MPL-2.0",
  "mozilla.org/mpl/mpl-1.1": "MPL-1.1",
  "creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
  "unlicense.org": "Unlicense",
  "boost.org/license_1_0": "BSL-1.0",
  "go.microsoft.com/fwlink/?linkid=329770": "LicenseRef-scancode-ms-net-library",
  "go.microsoft.com/fwlink/?linkid=214339": "LicenseRef-scancode-ms-net-library",
  "go.microsoft.com/fwlink/?linkid=262998": "LicenseRef-scancode-ms-net-library",
  "go.microsoft.com/fwlink/?linkid=218949": "LicenseRef-scancode-ms-net-library",
  "go.microsoft.com/fwlink/?linkid=320539": "LicenseRef-scancode-ms-net-library",
  "microsoft.com/net/dotnet_library_license": "LicenseRef-scancode-ms-net-library",
  "microsoft.com/web/webpi/eula/net_library_eula_enu": "LicenseRef-scancode-ms-net-library",
  "github.com/dotnet/corefx/blob/master/license": "MIT",
  "github.com/dotnet/runtime/blob/main/license": "MIT",
  "github.com/aspnet/home/blob/2.0.0/license": "Apache-2.0",
  "raw.githubusercontent.com/aspnet/home/2.0.0/license": "Apache-2.0",
  "raw.githubusercontent.com/aspnet/aspnetcore/2.0.0/license": "Apache-2.0",
  "raw.github.com/jamesnk/newtonsoft.json/master/license": "MIT",
  "raw.githubusercontent.com/jamesnk/newtonsoft.json/master/license": "MIT",
};

/** The expression that a name stands for, if it stands for one. */
export function expressionOfName(text: string): string | undefined {
  const { names } = knownNames();
  const lookUp = (name: string) => (isAddress(name) ? expressionOfAddress(name) : names.get(nameKey(name)));
  const whole = names.get(nameKey(text));
  if (whole !== undefined) return whole;
  // `Mozilla Public License 2.0 (MPL 2.0)`; a number in parentheses is the version.
  const remark = /\(([a-z]{2}[^()]*)\)\s*$/i.exec(text);
  const meant = remark ? names.get(nameKey(text.slice(0, remark.index))) : undefined;
  return meant !== undefined && !namesAnother(remark?.[1] ?? "", meant, lookUp) ? meant : undefined;
}

/** The expression that an address stands for, if it stands for one. */
export function expressionOfAddress(text: string): string | undefined {
  const key = addressKey(text);
  // NuGet gives packages that declare an expression an address on a host for licences; SPDX shows each under its id.
  const byId =
    /^(?:licenses\.[\w.-]+|spdx\.org\/licenses|opensource\.org\/licenses?|choosealicense\.com\/licenses)\/([^?#]+)$/.exec(
      key,
    );
  const id = byId?.[1] === undefined ? undefined : decoded(byId[1]);
  const creative =
    /^creativecommons\.org\/licenses\/(by(?:-nc)?(?:-nd|-sa)?)\/(\d\.\d)(?:\/(?:deed|legalcode).*)?$/.exec(key);
  return knownNames().addresses.get(key) ?? (creative ? `CC-${creative[1]}-${creative[2]}`.toUpperCase() : id);
}

export function isAddress(text: string): boolean {
  return /^(?:https?:\/\/|www\.)\S+$/i.test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function addressKey(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .replace(/#.*$/, "")
    .replace(/\/+$/, "")
    .replace(/(?:\.en)?\.(?:html?|txt|php|md)$/, "");
}

/** `The Apache Software License, Version 2.0` is `apache software 2`: what says nothing is left out, numbers are cut short. */
function nameKey(text: string): string {
  const words = text
    .slice(0, longestName)
    .toLowerCase()
    .replace(/["'`\u2018-\u201d(),:;*]/g, " ")
    .replace(/(\d)\s*\+(?=\s|$)/g, "$1 or later")
    .replace(/\+/g, " plus ")
    .replace(/\bshare-?alike\b/g, "share alike")
    .replace(/\bnon-?commercial\b/g, "non commercial")
    .replace(/\bno-?deriv(?:ative)?s\b/g, "no derivatives")
    .replace(/[-_/\s]+/g, " ")
    .replace(/([a-z])v(?=\d)/g, "$1 ")
    .replace(/([a-z])(?=\d)/g, "$1 ")
    .trim()
    .split(" ");
  return gnuShort(words.flatMap(wordOf).join(" "));
}

const longestName = 300;
const empty = new Set([
  "the",
  "license",
  "licence",
  "licenses",
  "licences",
  "version",
  "ver",
  "v",
  "v.",
  "under",
  "a",
  "",
]);

function wordOf(word: string): readonly string[] {
  const bare = word.replace(/\.+$/, "");
  if (empty.has(bare)) return [];
  return [/^\d+(\.0)+$/.test(bare) ? bare.replace(/(\.0)+$/, "") : bare];
}

function gnuShort(key: string): string {
  return key
    .replace(/\b(?:gnu )?affero (?:gnu )?general public\b/, "agpl")
    .replace(/\b(?:gnu )?(?:lesser|library)(?: or (?:lesser|library))? (?:gnu )?(?:general )?public\b/, "lgpl")
    .replace(/\b(?:gnu )?general public\b/, "gpl")
    .replace(/\bgnu (?=[al]?gpl\b)/, "")
    .replace(/\b(?:and|or)(?: any| \(at your option\) any)? (?:later|newer|above|higher)(?: versions?)?$/, "or later");
}

interface KnownNames {
  readonly names: ReadonlyMap<string, string>;
  readonly addresses: ReadonlyMap<string, string>;
}

let known: KnownNames | undefined;

/** Made when it is first needed: most scans need no names. */
function knownNames(): KnownNames {
  known ??= { names: learnNames(), addresses: learnAddresses() };
  return known;
}

function learnNames(): ReadonlyMap<string, string> {
  const meant = new Map<string, Set<string>>();
  const add = (key: string, expression: string) => meant.set(key, (meant.get(key) ?? new Set()).add(expression));
  for (const { id, name, isDeprecated } of listedLicenses) {
    add(nameKey(id), presentId(id));
    if (name !== "" && !isDeprecated) add(nameKey(name), presentId(id));
  }
  const only = [...meant].flatMap(([key, [first, ...others]]): [string, string][] =>
    first === undefined || others.length > 0 ? [] : [[key, first]],
  );
  const own = Object.entries(otherNames).map(([name, expression]): [string, string] => [nameKey(name), expression]);
  return new Map([...only, ...own]);
}

function learnAddresses(): ReadonlyMap<string, string> {
  const listed = listedLicenses.flatMap(({ id, address }): [string, string][] =>
    address === undefined ? [] : [[addressKey(address), id]],
  );
  return new Map([...listed, ...Object.entries(otherAddresses)]);
}
