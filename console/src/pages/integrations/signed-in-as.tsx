/** Who Sallyport is in Azure DevOps, by which kind of sign-in. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { sayDay } from "../../ui/moment.tsx";
import classes from "./integrations.module.css";

export function SignedInAs({ signIn }: { readonly signIn: InstanceRow["signIn"] }) {
  if (signIn === null) return <span className={classes.quiet}>Not yet</span>;
  return (
    <>
      {signIn.account}
      <div className={classes.quiet}>
        {signInLabels[signIn.is]}
        {signIn.expires === null ? "" : `, until ${sayDay(signIn.expires)}`}
      </div>
    </>
  );
}

export const signInLabels = { pat: "Personal access token", entra: "Microsoft Entra ID" } as const;
