import type { IssueDetail } from "#api/issues/contract.ts";

type Skip = NonNullable<IssueDetail["state"]["skip"]>;

/** `Skipped in main.tf line 3: “REASON”.` Who wrote it is not known. */
export function SkipWords({ skip: { reason, at } }: { readonly skip: Skip }) {
  return (
    <>
      Skipped in{" "}
      {at === null ? (
        "the code"
      ) : (
        <>
          <code>{at.path}</code> line {at.startLine}
        </>
      )}
      {reason === "" ? (
        ", without a reason."
      ) : (
        <>
          : <q>{reason}</q>.
        </>
      )}
    </>
  );
}
