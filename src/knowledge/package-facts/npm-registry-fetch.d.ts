/** The parts of npm's own registry client that are used; it comes without types. */
declare module "npm-registry-fetch" {
  interface RegistryResponse {
    readonly status: number;
    readonly headers: { get(name: string): string | null };
    readonly body: AsyncIterable<Uint8Array>;
  }
  function fetchFromRegistry(path: string, options: Readonly<Record<string, unknown>>): Promise<RegistryResponse>;
  namespace fetchFromRegistry {
    /** The registry that the settings, or its own default, name for the package. */
    function pickRegistry(spec: string, options?: Readonly<Record<string, unknown>>): string;
  }
  export = fetchFromRegistry;
}

declare module "npm-registry-fetch/lib/default-opts.js" {
  const defaults: { readonly registry: string };
  export = defaults;
}
