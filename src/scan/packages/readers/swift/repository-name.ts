/** The name of a Swift package: its repository's address without scheme, user and ending. */
export function repositoryName(address: string): string {
  return address
    .trim()
    .replace(/^[a-z+]+:\/\/(?:[^@/]*@)?/i, "")
    .replace(/^[^@/:]*@([^:/]+):(?!\d+\/)/, "$1/")
    .replace(/\/+$/, "")
    .replace(/\.git$/i, "");
}
