/** First step: who Sallyport is to Azure DevOps, and whether that is allowed enough. */

import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { FeaturesBody } from "#api/shapes/takes.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { CheckResult, lacksRights } from "../../ui/connection/check-result.tsx";
import { draftOf } from "../../ui/connection/ready-in.ts";
import { WantedRights } from "../../ui/connection/wanted-rights.tsx";
import { type Way, Ways } from "../../ui/connection/ways.tsx";
import { Panel } from "../../ui/panel.tsx";
import classes from "./connect.module.css";
import { SignedIn } from "./signed-in.tsx";

interface Properties {
  /** The browser comes back from Microsoft. */
  readonly attempt: string | undefined;
  readonly features: FeaturesBody;
  readonly onFeatures: (features: FeaturesBody) => void;
  readonly onAnew: () => void;
  readonly onDone: (connection: Connection, draft: string) => void;
}

export function SignInStep({ attempt, features, onFeatures, onAnew, onDone }: Properties) {
  const [way, setWay] = useState<Way>("microsoft");
  const [connection, setConnection] = useState<Connection>();
  const draft = draftOf(connection);
  const result = useRef<HTMLDivElement>(null);
  // It comes below the form, and out of sight in most windows.
  useEffect(() => {
    if (connection !== undefined) result.current?.scrollIntoView();
  }, [connection]);
  return (
    <Columns>
      <PanelStack>
        {attempt === undefined ? (
          <Panel title="How shall Sallyport sign in?">
            <Ways onWay={setWay} onChecked={setConnection} />
          </Panel>
        ) : (
          <SignedIn key={attempt} attempt={attempt} onChecked={setConnection} onAnew={onAnew} />
        )}
        {connection === undefined ? null : (
          <div ref={result} className={classes.result}>
            <Panel title="What it may do">
              <CheckResult connection={connection} />
              {draft === undefined ? null : (
                <div className={classes.buttons}>
                  <Button onClick={() => onDone(connection, draft)}>
                    {lacksRights(connection.organizations) ? "Continue with what works" : "Choose repositories"}
                  </Button>
                </div>
              )}
            </Panel>
          </div>
        )}
      </PanelStack>
      <WantedRights way={attempt === undefined ? way : "microsoft"} features={features} onChange={onFeatures} />
    </Columns>
  );
}
