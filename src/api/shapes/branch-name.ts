/** A ref as people read it: `refs/heads/main` is `main`, other refs stay whole. */
export function branchName(ref: string): string;
export function branchName(ref: string | undefined): string | null;
export function branchName(ref: string | undefined): string | null {
  return ref?.replace(/^refs\/heads\//, "") ?? null;
}
