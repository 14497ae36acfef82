/** Beside every way to sign in: what Sallyport shall do, and the least that it must be allowed for that. */
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FeaturesBody } from "#api/shapes/takes.ts";
import { ask } from "../../api.ts";
import { OutsideLink } from "../outside-link.tsx";
import { Panel } from "../panel.tsx";
import { Listing } from "../table/listing.tsx";
import classes from "./connection.module.css";
import { FeatureSwitches } from "./feature-switches.tsx";
import { ScopeList, type ShownScope } from "./scope-list.tsx";
import type { Way } from "./ways.tsx";

interface Properties {
  readonly way: Way;
  readonly features: FeaturesBody;
  readonly onChange: (features: FeaturesBody) => void;
}

export function WantedRights({ way, features, onChange }: Properties) {
  return (
    <div className={classes.wanted}>
      <Panel title="What Sallyport does besides scanning">
        <FeatureSwitches features={features} onChange={onChange} />
      </Panel>
      <Panel title="The least it must be allowed">
        {way === "microsoft" ? (
          <AppScopes features={features} />
        ) : way === "token" ? (
          <TokenScopes features={features} />
        ) : (
          <Memberships />
        )}
      </Panel>
    </div>
  );
}

function TokenScopes({ features }: { readonly features: FeaturesBody }) {
  const query = useQuery(ask.integrations(features));
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {(answer) => {
        const scopes = answer.rows.find((row) => row.vendor === "azure-devops")?.scopes ?? [];
        return (
          <>
            <Text>
              Make a token in Azure DevOps under User settings, Personal access tokens, and mark these scopes. Without
              the optional ones most works, and the check says what does not.{" "}
              <OutsideLink href="https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate">
                How to make a token
              </OutsideLink>
            </Text>
            <ScopeList
              asOnTokenPage
              scopes={scopes.map(({ name, why, required }) => ({
                name,
                onTokenPage: name,
                why,
                isOptional: !required,
              }))}
            />
          </>
        );
      }}
    </Listing>
  );
}

/** Those of the app registration, less what is switched off: both name a scope as the token page does. */
function AppScopes({ features }: { readonly features: FeaturesBody }) {
  const app = useQuery(ask.entraApp());
  const wanted = useQuery(ask.integrations(features)).data?.rows.find((row) => row.vendor === "azure-devops")?.scopes;
  return (
    <Listing query={app} isEmpty={() => false} empty={null}>
      {(answer) => (
        <>
          <Text>
            Microsoft asks for what your app registration lists; with these switches it needs no more than this. You
            grant nothing that you may not do yourself.
          </Text>
          <ScopeList scopes={wanted === undefined ? answer.scopes : leastOf(answer.scopes, wanted)} />
        </>
      )}
    </Listing>
  );
}

interface Wanted {
  readonly name: string;
  readonly why: string;
}

function leastOf(scopes: readonly ShownScope[], wanted: readonly Wanted[]): readonly ShownScope[] {
  const reading = wanted.find((one) => one.name === "Code (Read)");
  return scopes.flatMap((scope) => {
    if (scope.onTokenPage === null || wanted.some((one) => one.name === scope.onTokenPage)) return [scope];
    if (scope.name === "vso.code_write" && reading !== undefined) {
      return [{ ...scope, name: "vso.code", onTokenPage: reading.name, why: reading.why }];
    }
    return [];
  });
}

function Memberships() {
  return (
    <>
      <Text>No scopes: such an identity may do what its groups in Azure DevOps may.</Text>
      <ul className={classes.memberships}>
        <li>A user of the organization with access level Basic.</li>
        <li>Readers of the projects to scan them; Contributors to comment, set statuses and open fixes.</li>
        <li>Project Administrators, so that service hooks can be made.</li>
      </ul>
    </>
  );
}
