/** Target frameworks in their short (`net8.0-windows`) and long (`.NETCoreApp,Version=v8.0`) form. */

export interface TargetFramework {
  /** The short form. */
  readonly name: string;
  readonly identifier: ".NETCoreApp" | ".NETFramework" | ".NETStandard" | "other";
  readonly version: string;
  readonly platform: string;
}

/** Never fails: what is not known is `other`. A runtime identifier after a slash is left out. */
export function targetFrameworkOf(written: string): TargetFramework {
  const [text = ""] = written.trim().split("/");
  const long = /^(\.?[A-Za-z.]{1,40}),\s*Version=v?(\d[\d.]{0,20})/i.exec(text);
  if (long) return ofLong(long[1] ?? "", long[2] ?? "", text);
  const [short = "", ...rest] = text.toLowerCase().split("-");
  const platform = rest.join("-").replace(/[\d.]+$/, "");
  const parts = /^(netcoreapp|netstandard|net)(\d[\d.]{0,20})$/.exec(short);
  const [, word, digits = ""] = parts ?? [];
  const name = text.toLowerCase();
  if (word === "netcoreapp") return { name, identifier: ".NETCoreApp", version: dotted(digits), platform };
  if (word === "netstandard") return { name, identifier: ".NETStandard", version: dotted(digits), platform };
  if (
    word === "net" &&
    (digits.includes(".") ? Number.parseInt(digits, 10) >= 5 : digits.length === 1 && digits >= "5")
  )
    return { name, identifier: ".NETCoreApp", version: dotted(digits), platform };
  if (word === "net") return { name, identifier: ".NETFramework", version: dotted(digits), platform };
  return { name, identifier: "other", version: digits, platform };
}

function ofLong(identifier: string, version: string, text: string): TargetFramework {
  switch (identifier.toLowerCase()) {
    case ".netcoreapp": {
      const isNamedNet = Number.parseInt(version, 10) >= 5;
      return {
        name: `${isNamedNet ? "net" : "netcoreapp"}${version}`,
        identifier: ".NETCoreApp",
        version,
        platform: "",
      };
    }
    case ".netstandard":
      return { name: `netstandard${version}`, identifier: ".NETStandard", version, platform: "" };
    case ".netframework":
      return { name: `net${version.replaceAll(".", "")}`, identifier: ".NETFramework", version, platform: "" };
    default:
      return { name: text, identifier: "other", version, platform: "" };
  }
}

/** `472` is 4.7.2, `8` is 8.0. */
function dotted(digits: string): string {
  if (digits.includes(".")) return digits;
  return digits.length === 1 ? `${digits}.0` : digits.split("").join(".");
}
