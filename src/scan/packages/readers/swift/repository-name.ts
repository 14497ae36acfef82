/** Longer ones are no addresses. */
const longest = 2000;

/** The name of a Swift package: its repository's address without scheme, user and ending. */
export function repositoryName(address: string): string {
  const name = address
    .trim()
    .slice(0, longest)
    .replace(/^[a-z+]+:\/\/(?:[^@/]*@)?/i, "")
    .replace(/^[^@/:]*@([^:/]+):(?!\d+\/)/, "$1/")
    .replace(/\/+$/, "");
  return name.replace(/\.git$/i, "");
}
