/**
 * Which packages a shared framework carries itself, and up to which version: a package at or below it never runs, for the
 * framework's assembly wins. The facts are those of the .NET SDK, with which it prunes packages and resolves conflicts
 * (dotnet/sdk, Microsoft.NET.Build.Tasks/FrameworkPackages, MIT; the targeting packs' PackageOverrides.txt for .NET 10).
 * What is not certain is left out: a finding too many is better than one too few. Long, for it is a table.
 */
import { compareNumbers } from "./msbuild-functions.ts";
import type { TargetFramework } from "./target-framework.ts";

export const netCoreApp = "Microsoft.NETCore.App";
export const aspNetCoreApp = "Microsoft.AspNetCore.App";
export const windowsDesktopApp = "Microsoft.WindowsDesktop.App";
export const netFramework = ".NET Framework";

/** Versions and, after each, the names that are carried up to it, parted by blanks. */
type Names = Readonly<Record<string, string>>;

interface Release {
  /** `netcoreapp` and `net5.0` and later count as one line. */
  readonly version: string;
  /** Version of the ASP.NET Core packages of this release. */
  readonly aspNet: string;
  /** Version of the libraries that are released with it. */
  readonly libraries: string;
  readonly core: Names;
  /** Names that are carried at the version of the libraries, until they are `gone`. */
  readonly coreNames?: string;
  readonly aspNetNames?: string;
  readonly aspNetLibraries?: string;
  readonly aspNetGone?: string;
  readonly desktopLibraries?: string;
  readonly coreGone?: string;
  readonly desktopGone?: string;
  readonly desktop?: Names;
}

const standard20: Names = {
  "4.3.0":
    "Microsoft.Win32.Primitives System.AppContext System.Collections System.Collections.NonGeneric System.Collections.Specialized System.ComponentModel System.ComponentModel.EventBasedAsync System.ComponentModel.Primitives System.ComponentModel.TypeConverter System.Data.Common System.Diagnostics.Contracts System.Diagnostics.Debug System.Diagnostics.FileVersionInfo System.Diagnostics.Process System.Diagnostics.StackTrace System.Diagnostics.TextWriterTraceListener System.Diagnostics.Tools System.Diagnostics.TraceSource System.Diagnostics.Tracing System.Drawing.Primitives System.Dynamic.Runtime System.Globalization System.Globalization.Calendars System.Globalization.Extensions System.IO System.IO.Compression System.IO.Compression.ZipFile System.IO.FileSystem System.IO.FileSystem.Primitives System.IO.FileSystem.Watcher System.IO.IsolatedStorage System.IO.MemoryMappedFiles System.IO.Pipes System.IO.UnmanagedMemoryStream System.Linq System.Linq.Expressions System.Linq.Parallel System.Linq.Queryable System.Net.NameResolution System.Net.NetworkInformation System.Net.Ping System.Net.Requests System.Net.Sockets System.Net.WebHeaderCollection System.Net.WebSockets System.Reflection System.Reflection.Extensions System.Reflection.Primitives System.Resources.Reader System.Resources.ResourceManager System.Resources.Writer System.Runtime.CompilerServices.VisualC System.Runtime.Handles System.Runtime.InteropServices System.Runtime.InteropServices.RuntimeInformation System.Runtime.Numerics System.Runtime.Serialization.Formatters System.Runtime.Serialization.Primitives System.Runtime.Serialization.Xml System.Security.Claims System.Security.Cryptography.Csp System.Security.Cryptography.Encoding System.Security.Cryptography.Primitives System.Security.Principal System.Security.SecureString System.Text.Encoding System.Text.Encoding.Extensions System.Text.RegularExpressions System.Threading System.Threading.Overlapped System.Threading.Tasks System.Threading.Tasks.Parallel System.Threading.Thread System.Threading.ThreadPool System.Threading.Timer System.Xml.XDocument System.Xml.XmlDocument System.Xml.XmlSerializer System.Xml.XPath System.Xml.XPath.XDocument",
  "4.3.1":
    "System.Console System.IO.FileSystem.DriveInfo System.Net.Primitives System.Runtime System.Runtime.Extensions System.Security.Cryptography.Algorithms System.Xml.ReaderWriter",
  "4.3.2": "System.Net.Security System.Net.WebSockets.Client System.Security.Cryptography.X509Certificates",
  "4.3.4": "System.Net.Http",
  "4.6.1": "System.ValueTuple",
};

const standard21: Names = {
  "1.4.0": "System.Collections.Immutable",
  "4.3.0":
    "System.Collections.Concurrent System.ObjectModel System.Private.DataContractSerialization System.Reflection.TypeExtensions System.Runtime.Loader System.Runtime.Serialization.Json",
  "4.4.0": "System.Security.AccessControl System.Security.Cryptography.Xml System.Security.Principal.Windows",
  "4.5.0": "System.ComponentModel.Composition System.Numerics.Vectors",
  "4.5.1": "System.Buffers System.Reflection.DispatchProxy",
  "4.5.4": "System.Threading.Tasks.Extensions",
  "4.5.5": "System.Memory",
  "4.7.0": "System.Reflection.Emit System.Reflection.Emit.ILGeneration System.Reflection.Emit.Lightweight",
};

const core20: Names = {
  "1.4.0": "System.Collections.Immutable",
  "1.5.0": "System.Reflection.Metadata",
  "4.3.0":
    "System.Collections.Concurrent System.ObjectModel System.Private.DataContractSerialization System.Private.Uri System.Runtime.InteropServices.WindowsRuntime System.Runtime.Loader System.Runtime.Serialization.Json",
  "4.3.1": "System.Text.RegularExpressions",
  "4.4.0":
    "Microsoft.CSharp Microsoft.Win32.Registry System.Buffers System.ComponentModel.Annotations System.IO.FileSystem.AccessControl System.Numerics.Vectors System.Reflection.DispatchProxy System.Security.AccessControl System.Security.Cryptography.Cng System.Security.Cryptography.OpenSsl System.Security.Principal.Windows System.Threading.Tasks.Extensions",
  "4.4.1": "System.Diagnostics.DiagnosticSource",
  "4.7.0":
    "System.Reflection.Emit System.Reflection.Emit.ILGeneration System.Reflection.Emit.Lightweight System.Reflection.TypeExtensions",
  "4.8.0": "System.Threading.Tasks.Dataflow",
  "10.2.0": "Microsoft.VisualBasic",
};

const core21: Names = {
  "1.5.0": "System.Collections.Immutable",
  "1.6.0": "System.Reflection.Metadata",
  "2.1.0": "Microsoft.NETCore.App",
  "4.5.0":
    "Microsoft.CSharp Microsoft.Win32.Registry System.Buffers System.ComponentModel.Annotations System.Diagnostics.DiagnosticSource System.IO.FileSystem.AccessControl System.IO.Pipes.AccessControl System.Numerics.Vectors System.Reflection.DispatchProxy System.Security.AccessControl System.Security.Cryptography.OpenSsl System.Security.Principal.Windows System.ValueTuple",
  "4.5.2": "System.Security.Cryptography.Cng",
  "4.5.4": "System.Threading.Tasks.Extensions",
  "4.5.5": "System.Memory",
  "4.9.0": "System.Threading.Tasks.Dataflow",
  "10.3.0": "Microsoft.VisualBasic",
};

/** Libraries of .NET 5 and later whose packages carry the release's own version. */
const released =
  "System.Collections.Immutable System.Diagnostics.DiagnosticSource System.Formats.Asn1 System.Net.Http.Json System.Reflection.Metadata System.Text.Encoding.CodePages System.Text.Encodings.Web System.Text.Json System.Threading.Channels System.Threading.Tasks.Dataflow";

const aspNetNames = under("Microsoft.AspNetCore", [
  " Antiforgery Authentication Authentication.Abstractions Authentication.Cookies Authentication.Core Authentication.OAuth",
  "Authorization Authorization.Policy Components Components.Authorization Components.Forms Components.Server Components.Web",
  "Connections.Abstractions CookiePolicy Cors Cryptography.Internal Cryptography.KeyDerivation DataProtection",
  "DataProtection.Abstractions DataProtection.Extensions Diagnostics Diagnostics.Abstractions Diagnostics.HealthChecks",
  "HostFiltering Hosting Hosting.Abstractions Hosting.Server.Abstractions Html.Abstractions Http Http.Abstractions",
  "Http.Connections Http.Connections.Common Http.Extensions Http.Features HttpOverrides HttpsPolicy Identity Localization",
  "Localization.Routing Metadata Mvc Mvc.Abstractions Mvc.ApiExplorer Mvc.Core Mvc.Cors Mvc.DataAnnotations",
  "Mvc.Formatters.Json Mvc.Formatters.Xml Mvc.Localization Mvc.Razor Mvc.RazorPages Mvc.TagHelpers Mvc.ViewFeatures Razor",
  "Razor.Runtime ResponseCaching ResponseCaching.Abstractions ResponseCompression Rewrite Routing Routing.Abstractions",
  "Server.HttpSys Server.IIS Server.IISIntegration Server.Kestrel Server.Kestrel.Core Server.Kestrel.Transport.Sockets",
  "Session SignalR SignalR.Common SignalR.Core SignalR.Protocols.Json StaticFiles WebSockets WebUtilities",
]);

const extensionNames = under("Microsoft.Extensions", [
  "Caching.Abstractions Caching.Memory Configuration Configuration.Abstractions Configuration.Binder",
  "Configuration.CommandLine Configuration.EnvironmentVariables Configuration.FileExtensions Configuration.Ini",
  "Configuration.Json Configuration.KeyPerFile Configuration.UserSecrets Configuration.Xml DependencyInjection",
  "DependencyInjection.Abstractions Diagnostics.HealthChecks Diagnostics.HealthChecks.Abstractions",
  "FileProviders.Abstractions FileProviders.Composite FileProviders.Embedded FileProviders.Physical FileSystemGlobbing",
  "Hosting Hosting.Abstractions Http Identity.Core Identity.Stores Localization Localization.Abstractions Logging",
  "Logging.Abstractions Logging.Configuration Logging.Console Logging.Debug Logging.EventLog Logging.EventSource",
  "Logging.TraceSource ObjectPool Options Options.ConfigurationExtensions Options.DataAnnotations Primitives WebEncoders",
]);

const releases: readonly Release[] = [
  { version: "2.0", aspNet: "", libraries: "", core: core20 },
  { version: "2.1", aspNet: "", libraries: "", core: core21 },
  {
    version: "3.0",
    aspNet: "3.0.0",
    libraries: "4.6.0",
    core: {
      "1.6.0": "System.Collections.Immutable",
      "1.7.0": "System.Reflection.Metadata",
      "4.5.0": "System.Data.DataSetExtensions",
      "4.6.0": "System.Runtime.CompilerServices.Unsafe System.Security.Cryptography.Cng",
      "4.6.1": "System.Buffers",
      "4.10.0": "System.Threading.Tasks.Dataflow",
    },
    coreNames:
      "Microsoft.CSharp Microsoft.Win32.Registry System.ComponentModel.Annotations System.Diagnostics.DiagnosticSource System.IO.FileSystem.AccessControl System.IO.Pipes.AccessControl System.Reflection.DispatchProxy System.Runtime.WindowsRuntime System.Runtime.WindowsRuntime.UI.Xaml System.Security.AccessControl System.Security.Cryptography.OpenSsl System.Security.Principal.Windows System.Text.Encoding.CodePages System.Text.Encodings.Web System.Text.Json System.Threading.Channels",
    aspNetNames: `${aspNetNames} ${extensionNames} Microsoft.JSInterop Microsoft.Net.Http.Headers`,
    aspNetLibraries:
      "Microsoft.Win32.Registry System.Diagnostics.EventLog System.IO.Pipelines System.Security.AccessControl System.Security.Cryptography.Cng System.Security.Cryptography.Xml System.Security.Permissions System.Security.Principal.Windows System.Windows.Extensions",
    desktopLibraries:
      "Microsoft.Win32.Registry.AccessControl Microsoft.Win32.SystemEvents System.CodeDom System.Configuration.ConfigurationManager System.Diagnostics.EventLog System.DirectoryServices System.IO.Packaging System.Resources.Extensions System.Security.Cryptography.Pkcs System.Security.Cryptography.ProtectedData System.Security.Cryptography.Xml System.Security.Permissions System.Threading.AccessControl System.Windows.Extensions",
    desktop: { "4.5.0": "System.Diagnostics.PerformanceCounter", "4.7.3": "System.Drawing.Common" },
  },
  {
    version: "3.1",
    aspNet: "3.1.0",
    libraries: "4.7.0",
    core: {
      "1.7.0": "System.Collections.Immutable",
      "1.8.0": "System.Reflection.Metadata",
      "4.6.0": "System.IO.Pipes.AccessControl",
      "4.7.1": "System.Runtime.CompilerServices.Unsafe",
      "4.11.0": "System.Threading.Tasks.Dataflow",
    },
    aspNetLibraries: "Microsoft.Win32.SystemEvents System.Security.Cryptography.Pkcs System.Drawing.Common",
    desktopLibraries: "System.Diagnostics.PerformanceCounter",
  },
  {
    version: "5.0",
    aspNet: "5.0.0",
    libraries: "5.0.0",
    core: {
      "4.6.0": "System.IO.Pipes.AccessControl System.Security.Cryptography.Cng",
      "4.7.0": "Microsoft.CSharp",
      "4.8.2": "System.Reflection.DispatchProxy",
      "5.0.0": "System.Runtime.CompilerServices.Unsafe",
    },
    coreNames: released,
    coreGone:
      "System.Runtime.InteropServices.WindowsRuntime System.Runtime.WindowsRuntime System.Runtime.WindowsRuntime.UI.Xaml",
    aspNetGone: "Microsoft.Win32.SystemEvents System.Drawing.Common",
    desktopLibraries:
      "Microsoft.Win32.Registry System.Drawing.Common System.IO.FileSystem.AccessControl System.IO.Pipes.AccessControl System.Security.AccessControl System.Security.Cryptography.Cng System.Security.Principal.Windows",
  },
  {
    version: "6.0",
    aspNet: "6.0.0",
    libraries: "6.0.0",
    core: {
      "4.7.0": "Microsoft.CSharp",
      "4.8.2": "System.Reflection.DispatchProxy",
      "5.0.0":
        "Microsoft.Win32.Registry System.ComponentModel.Annotations System.IO.FileSystem.AccessControl System.Security.Cryptography.OpenSsl System.Security.Principal.Windows",
      "6.0.0": "System.Security.AccessControl",
      "6.1.2": "System.Runtime.CompilerServices.Unsafe",
    },
    coreNames: released,
    aspNetNames: `${under("Microsoft.AspNetCore", ["Http.Results HttpLogging Server.Kestrel.Transport.Quic"])} Microsoft.Extensions.Features`,
    aspNetGone:
      "Microsoft.Win32.Registry System.Security.AccessControl System.Security.Cryptography.Cng System.Security.Permissions System.Security.Principal.Windows System.Windows.Extensions System.Security.Cryptography.Pkcs",
    desktopGone:
      "Microsoft.Win32.Registry System.IO.FileSystem.AccessControl System.IO.Pipes.AccessControl System.Security.AccessControl System.Security.Cryptography.Cng System.Security.Principal.Windows",
  },
  {
    version: "7.0",
    aspNet: "7.0.0",
    libraries: "7.0.0",
    core: {
      "6.0.1": "System.Security.AccessControl",
      "7.0.1": "System.Net.Http.Json",
      "7.0.2": "System.Diagnostics.DiagnosticSource System.Reflection.Metadata",
      "7.0.4": "System.Text.Json",
    },
    coreNames: released,
    aspNetNames: under("Microsoft.AspNetCore", ["OutputCaching RateLimiting RequestDecompression"]),
    aspNetLibraries: "System.Threading.RateLimiting",
  },
  {
    version: "8.0",
    aspNet: "8.0.0",
    libraries: "8.0.0",
    core: {
      "8.0.1":
        "System.Diagnostics.DiagnosticSource System.Formats.Asn1 System.Net.Http.Json System.Reflection.Metadata System.Threading.Tasks.Dataflow",
      "8.0.5": "System.Text.Json",
    },
    coreNames: released,
    aspNetNames: `${under("Microsoft.AspNetCore", ["Authentication.BearerToken Components.Endpoints Server.Kestrel.Transport.NamedPipes"])} ${under("Microsoft.Extensions", ["Diagnostics Diagnostics.Abstractions"])}`,
    aspNetLibraries: "System.Security.Cryptography.Pkcs",
  },
  {
    version: "9.0",
    aspNet: "9.0.0",
    libraries: "9.0.0",
    core: {
      "4.3.2": "System.Private.Uri",
      "5.0.0":
        "System.Buffers System.Memory System.Numerics.Vectors System.Threading.Tasks.Extensions System.Xml.XPath.XDocument",
      "6.0.0": "System.Reflection.DispatchProxy",
      "7.0.0": "System.Runtime.CompilerServices.Unsafe",
      "10.4.0": "Microsoft.VisualBasic",
    },
    coreNames: `${released} System.Formats.Tar System.IO.Pipelines`,
    aspNetNames: "Microsoft.AspNetCore.StaticAssets",
    aspNetGone: "System.IO.Pipelines System.Security.Cryptography.Pkcs",
  },
  {
    version: "10.0",
    aspNet: "10.0.0",
    libraries: "10.0.0",
    core: {},
    coreNames: `${released} System.Formats.Tar System.IO.Pipelines`,
  },
];

/** `prefix.suffix` for each suffix, and the prefix itself where a text begins with a blank. */
function under(prefix: string, suffixes: readonly string[]): string {
  const own = suffixes[0]?.startsWith(" ") ? [prefix] : [];
  return [...own, ...suffixes.flatMap((text) => wordsOf(text).map((suffix) => `${prefix}.${suffix}`))].join(" ");
}

function wordsOf(text = ""): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}

/** Lower-case name -> highest version that is carried. */
type Carried = ReadonlyMap<string, string>;

interface Frameworks {
  readonly version: string;
  readonly core: Carried;
  readonly aspNet: Carried;
  readonly desktop: Carried;
}

function added(to: Carried, names: Names): Map<string, string> {
  const all = new Map(to);
  for (const [version, words] of Object.entries(names))
    for (const name of wordsOf(words)) all.set(name.toLowerCase(), version);
  return all;
}

function without(all: Map<string, string>, names: string | undefined): Carried {
  for (const name of wordsOf(names)) all.delete(name.toLowerCase());
  return all;
}

let built: readonly Frameworks[] | undefined;
const releasesFor = new Map<string, Frameworks | undefined>();
/** Versions of frameworks that exist are few; texts that only look like one may be many. */
const mostRemembered = 200;

/** The newest release that is no newer than the target. */
function releaseFor(target: string): Frameworks | undefined {
  if (releasesFor.has(target)) return releasesFor.get(target);
  built ??= build();
  const found = built.findLast(({ version }) => isAtMost(version, target));
  if (releasesFor.size < mostRemembered) releasesFor.set(target, found);
  return found;
}

const carriedByStandard: Carried = added(new Map(), standard20);
const carriedByStandard21: Carried = added(carriedByStandard, standard21);

/** The names of which `libraries` is the version are kept: those of later releases carry that release's version. */
function build(): readonly Frameworks[] {
  let last: Frameworks = { version: "", core: carriedByStandard, aspNet: new Map(), desktop: new Map() };
  const following = { core: "", aspNet: "", aspNetLibraries: "", desktop: "" };
  return releases.map((release) => {
    const { version, aspNet, libraries, core, coreNames, coreGone, aspNetGone, desktopGone } = release;
    following.core = coreNames ?? following.core;
    following.aspNet += ` ${release.aspNetNames ?? ""}`;
    following.aspNetLibraries = remaining(`${following.aspNetLibraries} ${release.aspNetLibraries ?? ""}`, aspNetGone);
    following.desktop = remaining(`${following.desktop} ${release.desktopLibraries ?? ""}`, desktopGone);
    const asp = added(added(last.aspNet, { [aspNet]: following.aspNet }), { [libraries]: following.aspNetLibraries });
    const desktop = added(added(last.desktop, { [libraries]: following.desktop }), release.desktop ?? {});
    last = {
      version,
      core: without(added(added(last.core, { [libraries]: following.core }), core), coreGone),
      aspNet: without(asp, aspNetGone),
      desktop: without(desktop, desktopGone),
    };
    return last;
  });
}

function remaining(names: string, gone: string | undefined): string {
  const removed = new Set(wordsOf(gone));
  return wordsOf(names)
    .filter((name) => !removed.has(name))
    .join(" ");
}

/**
 * The shared framework that carries the package at this version or a newer one. Nothing for .NET Standard: what runs there
 * is decided by who uses the library, see `dependsOnConsumer`.
 */
export function frameworkProviding(
  { identifier, version: target }: TargetFramework,
  references: readonly string[],
  name: string,
  version: string,
): string | undefined {
  const key = name.toLowerCase();
  if (identifier === ".NETFramework")
    return isAtMost("4.6.1", target) && isCarried(carriedByStandard, key, version) ? netFramework : undefined;
  if (identifier !== ".NETCoreApp") return undefined;
  const release = releaseFor(target);
  if (!release) return undefined;
  if (isCarried(release.core, key, version) || isRuntimePart(key, version)) return netCoreApp;
  if (references.includes(aspNetCoreApp) && isCarried(release.aspNet, key, version)) return aspNetCoreApp;
  return references.includes(windowsDesktopApp) && isCarried(release.desktop, key, version)
    ? windowsDesktopApp
    : undefined;
}

/** Every framework that can run a library for this .NET Standard carries the package itself. */
export function dependsOnConsumer({ identifier, version: target }: TargetFramework, name: string, version: string) {
  if (identifier !== ".NETStandard" || !isAtMost("2.0", target)) return false;
  return isCarried(isAtMost("2.1", target) ? carriedByStandard21 : carriedByStandard, name.toLowerCase(), version);
}

function isCarried(carried: Carried, key: string, version: string): boolean {
  const highest = carried.get(key);
  return highest !== undefined && isAtMost(version, highest);
}

/** Parts that the packages of .NET Core 1.x brought for each platform; .NET Core 2.0 and later have them in themselves. */
function isRuntimePart(key: string, version: string): boolean {
  if (!key.startsWith("runtime.")) return false;
  const isPart =
    /^runtime\.(?:any|aot|unix|win7?)\.(?:system|microsoft\.win32)\./.test(key) ||
    /^runtime\.(?:debian|fedora|opensuse|osx|rhel|ubuntu|win)[\d.]*(?:-[a-z\d-]+)?\.runtime\.native\.system(?:\.|$)/.test(
      key,
    ) ||
    /^runtime\.native\.system\.security\.cryptography(?:\.|$)/.test(key);
  return isPart && isAtMost(version, "4.3.4") && isAtMost("4.0.0", version);
}

/** Whether a version is no higher than a release; a prerelease of it is lower. */
function isAtMost(version: string, highest: string): boolean {
  return compareNumbers(version, highest) <= 0;
}
