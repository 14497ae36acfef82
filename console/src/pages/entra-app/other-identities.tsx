/** How a service principal or a managed identity becomes a member of an organization. */
import { OutsideLink } from "../../ui/outside-link.tsx";
import classes from "./entra-app.module.css";

export function OtherIdentities() {
  return (
    <div className={classes.identities}>
      <p className={classes.quiet} style={{ margin: 0 }}>
        Instead of a person, the app itself or the machine that Sallyport runs on can act. It has no mailbox, does not
        leave, and may do what you let it.{" "}
        <OutsideLink href="https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/service-principal-managed-identity">
          Microsoft's description
        </OutsideLink>
      </p>
      <div>
        <h3>Service principal</h3>
        <ol>
          <li>
            Register the app as above; it has a service principal in your directory by then. No permission is needed.
          </li>
          <li>
            In Azure DevOps: Organization settings, Users, Add users. Enter the app's name, access level Basic, and the
            projects.
          </li>
          <li>
            Add it to Project Administrators where Sallyport shall make service hooks, or to Project Collection
            Administrators.
          </li>
          <li>In the wizard choose “Service principal or managed identity” and name the organizations.</li>
        </ol>
      </div>
      <div>
        <h3>Managed identity</h3>
        <ol>
          <li>Give the Azure virtual machine, container or app service that runs Sallyport a managed identity.</li>
          <li>Add it to the organization as a user, as above: by the name of the machine or of the identity.</li>
          <li>In the wizard name its client ID if the machine has several. No secret is stored anywhere.</li>
        </ol>
      </div>
    </div>
  );
}
