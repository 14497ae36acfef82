/** The way through Microsoft's pages, with everything to copy letter by letter. */

import { ScopeList, type ShownScope } from "../../ui/connection/scope-list.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import classes from "./entra-app.module.css";

interface Properties {
  readonly redirectUri: string;
  readonly scopes: readonly ShownScope[];
}

const azureDevOpsResource = "499b84ac-1321-427f-aa17-267ca6975798";

export function RegistrationGuide({ redirectUri, scopes }: Properties) {
  return (
    <ol className={classes.guide}>
      <li>
        <strong>Begin a registration.</strong> Open the{" "}
        <OutsideLink href="https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade">
          Microsoft Entra admin center, App registrations, New registration
        </OutsideLink>
        . Call it Sallyport.
      </li>
      <li>
        <strong>Choose who may sign in.</strong> “Multiple Entra ID tenants” (“Accounts in any organizational directory”
        on older pages) if you connect organizations of several directories; “Single tenant only” if there is one.
      </li>
      <li>
        <strong>Set the redirect address.</strong> Platform “Web”, and exactly this address:
        <Value text={redirectUri} label="Copy the redirect address" />
      </li>
      <li>
        <strong>Add the permissions.</strong> API permissions, Add a permission, “APIs my organization uses”, Azure
        DevOps (<code>{azureDevOpsResource}</code>), Delegated permissions. User.Read stands under Microsoft Graph, and
        is there already. Those marked optional can be left out; the wizard then says what does without.
        <ScopeList scopes={scopes} />
        <p>
          Where people may not consent by themselves, an administrator presses “Grant admin consent” once. Sallyport
          never gets more than the person who signs in may do.
        </p>
      </li>
      <li>
        <strong>Make a secret or upload a certificate.</strong> Certificates & secrets. Copy a secret's value at once:
        Microsoft shows it this one time.
      </li>
      <li>
        <strong>Fill in the form on this page</strong> with the “Application (client) ID” of the overview, and the
        secret or the certificate with its private key.
      </li>
    </ol>
  );
}

function Value({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className={classes.value}>
      <code>{text}</code>
      <CopyText text={text} label={label} />
    </div>
  );
}
