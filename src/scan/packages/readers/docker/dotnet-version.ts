/** Runtimes and SDKs of .NET where something else names them: tags of images, inputs of pipeline steps. */

export interface DotnetFound {
  readonly name: string;
  readonly version: string | undefined;
  readonly requirement: string | undefined;
}

export const dotnetSdk = "Microsoft.NET.Sdk";
const runtime = "Microsoft.NETCore.App";
const webRuntime = "Microsoft.AspNetCore.App";

/** The images of Microsoft under whatever registry they are mirrored: `.../dotnet/aspnet`. */
const image = /(?:^|\/)dotnet\/(?:nightly\/)?(aspnet|runtime|runtime-deps|sdk)(?:-\w+)?$/;

const broughtBy: Readonly<Record<string, readonly string[]>> = {
  aspnet: [webRuntime, runtime],
  runtime: [runtime],
  sdk: [dotnetSdk],
};

/** What an image holds. `runtime-deps` holds what .NET needs of the system, not .NET. */
export function dotnetOfImage(name: string, tag: string): readonly DotnetFound[] {
  const [, kind = ""] = image.exec(name) ?? [];
  return (broughtBy[kind] ?? []).map((one) => ({ name: one, ...dotnetVersion(tag) }));
}

/** `8.0.3`, `8.0.3-alpine3.19`, `9.0.100-preview.3.24204.13` are versions; `8.0`, `8.0.x`, `8.x` only ask for one. */
export function dotnetVersion(text: string): Omit<DotnetFound, "name"> {
  const [version] = /^\d+\.\d+\.\d+(?:-(?:preview|rc|alpha|beta)\.[\d.]*\d)?(?![\w.])/.exec(text) ?? [];
  if (version !== undefined) return { version, requirement: undefined };
  const [wanted] = /^(?:\d+(?:\.(?:\d+|x|\*)){0,2}(?:xx)?|latest)/.exec(text) ?? [];
  return { version: undefined, requirement: wanted };
}

/** What the input `packageType` of a pipeline task asks for; an SDK where it says nothing. */
export function dotnetPackage(packageType: string | undefined): string {
  if (packageType === "runtime") return runtime;
  return packageType === "aspnetcore" ? webRuntime : dotnetSdk;
}
