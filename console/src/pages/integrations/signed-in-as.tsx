/** Who Sallyport is in Azure DevOps, by which kind of sign-in, and how long that holds. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { methodLabels } from "../../ui/connection/words-of-rights.ts";
import { Remaining } from "../../ui/remaining.tsx";
import classes from "./integrations.module.css";

export function SignedInAs({ instance }: { readonly instance: Pick<InstanceRow, "signIn" | "credentials"> }) {
  const { signIn, credentials } = instance;
  if (signIn === null) return <span className={classes.quiet}>Not yet</span>;
  const others = credentials.good - 1;
  return (
    <>
      {signIn.account}
      <div className={classes.quiet}>
        {methodLabels[signIn.is]}
        {others > 0 ? `, ${countOf(others, "more credential")} in reserve` : ""}
      </div>
      {signIn.expires === null ? null : <Remaining until={signIn.expires} />}
    </>
  );
}
