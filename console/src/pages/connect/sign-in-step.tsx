/** First step: who Sallyport is to Azure DevOps, and whether that is allowed enough. */
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import { ask } from "../../api.ts";
import { CheckResult } from "../../ui/connection/check-result.tsx";
import { TokenForm } from "../../ui/connection/token-form.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Badge } from "../../ui/tag.tsx";
import classes from "./connect.module.css";

interface Properties {
  readonly onDone: (connection: Connection, draft: string) => void;
}

export function SignInStep({ onDone }: Properties) {
  const [connection, setConnection] = useState<Connection>();
  const draft = connection?.draft ?? null;
  return (
    <div className={classes.columns}>
      <Panel title="Sign in with a personal access token">
        <TokenForm onChecked={setConnection} />
        {connection === undefined ? null : <CheckResult connection={connection} />}
        {connection === undefined || draft === null ? null : (
          <div className={classes.buttons}>
            <Button onClick={() => onDone(connection, draft)}>Choose repositories</Button>
          </div>
        )}
      </Panel>
      <Panel title="What the token must be allowed to do">
        <Scopes />
      </Panel>
    </div>
  );
}

function Scopes() {
  const query = useQuery(ask.integrations());
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {(answer) => {
        const scopes = answer.rows.find((row) => row.vendor === "azure-devops")?.scopes ?? [];
        return (
          <>
            <Text>
              Make one in Azure DevOps under User settings, Personal access tokens, and mark these scopes.{" "}
              <OutsideLink href="https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate">
                How to make a token
              </OutsideLink>
            </Text>
            <ul className={classes.scopes}>
              {scopes.map((scope) => (
                <li key={scope.name}>
                  <div className={classes.scopeName}>
                    <span>
                      {scope.name} {scope.required ? null : <Badge>optional</Badge>}
                    </span>
                    <CopyText text={scope.name} label={`Copy ${scope.name}`} />
                  </div>
                  <p className={classes.quiet}>{scope.why}</p>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Listing>
  );
}
