/** Looks licences and exceptions up by the ids that SPDX gives them, in any case. */
import { spdxExceptions, spdxLicenses } from "./spdx-list.ts";

export interface ListedLicense {
  readonly id: string;
  readonly isDeprecated: boolean;
  readonly name: string;
  /** Without `https://` and `www.`; absent if it stands for more than one licence. */
  readonly address?: string;
}

export const listedLicenses: readonly ListedLicense[] = spdxLicenses
  .trim()
  .split("\n")
  .map((line) => {
    const [id = "", mark, name = "", address] = line.split("\t");
    return { id, isDeprecated: mark === "-", name, ...(address && { address }) };
  });

const licenses = new Map(listedLicenses.map((license) => [license.id.toLowerCase(), license.id]));
const exceptions = new Map(
  spdxExceptions
    .trim()
    .split("\n")
    .map((id) => [id.toLowerCase(), id]),
);

/** As SPDX writes it; undefined if SPDX does not list it. Deprecated ones are their present ones. */
export function licenseId(text: string): string | undefined {
  const id = licenses.get(text.toLowerCase());
  return id === undefined ? undefined : presentId(id);
}

export function exceptionId(text: string): string | undefined {
  return exceptions.get(text.toLowerCase());
}

const renamed: Readonly<Record<string, string>> = {
  "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
  "BSD-2-Clause-NetBSD": "BSD-2-Clause",
  "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
  "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
  "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
  "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
  "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
  "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
  "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
  "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
  "bzip2-1.0.5": "bzip2-1.0.6",
  "StandardML-NJ": "SMLNJ",
  wxWindows: "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
};

/** What a deprecated id is called now, which may be a licence with an exception; any other as it is. */
export function presentId(id: string): string {
  const gnu = /^(A?GPL|LGPL|GFDL)-(\d\.\d)(\+?)$/.exec(id);
  if (gnu) return `${gnu[1]}-${gnu[2]}${gnu[3] ? "-or-later" : "-only"}`;
  return renamed[id] ?? id;
}
