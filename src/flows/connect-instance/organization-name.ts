/** The names of organizations in what people type: `https://dev.azure.com/contoso/...` and `https://contoso.visualstudio.com` mean contoso. */

/** `base` is where Azure DevOps is, which is another address for a server or a stand-in. */
export function distinctNames(texts: readonly string[], base: string): readonly string[] {
  const distinct = new Map<string, string>();
  for (const text of texts) {
    const name = organizationName(text.trim(), base);
    // Dots are no names; addresses would resolve them away.
    const isName = !["", ".", ".."].includes(name);
    if (isName && !distinct.has(name.toLowerCase())) distinct.set(name.toLowerCase(), name);
  }
  return [...distinct.values()];
}

function organizationName(text: string, base: string): string {
  const old = /^https?:\/\/([^./]+)\.visualstudio\.com/i.exec(text)?.[1];
  const modern = /^https?:\/\/(?:[^@/]+@)?dev\.azure\.com\/([^/?#]+)/i.exec(text)?.[1];
  const own = text.startsWith(`${base}/`) ? text.slice(base.length + 1).split(/[/?#]/)[0] : undefined;
  return decoded(old ?? modern ?? own ?? text.replace(/^\/+|\/+$/g, ""));
}

/** Collections of a server may have blanks, which addresses encode. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
