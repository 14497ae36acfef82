/** The wizard: sign in, choose repositories, name and save; then it stays until the instance is connected. */

import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { TakesBody } from "#api/instances/contract.ts";
import { Page } from "../../ui/page.tsx";
import { Trail } from "../../ui/trail.tsx";
import { ChooseStep } from "./choose-step.tsx";
import { Progress } from "./progress.tsx";
import { SaveStep } from "./save-step.tsx";
import { SignInStep } from "./sign-in-step.tsx";
import { Steps } from "./steps.tsx";

/** What each step leaves for the next. */
type Stage =
  | { readonly is: "sign-in" }
  | { readonly is: "choose"; readonly connection: Connection; readonly draft: string }
  | { readonly is: "save"; readonly connection: Connection; readonly draft: string; readonly takes: TakesBody }
  | { readonly is: "saved"; readonly instanceId: string };

const stepOf = { "sign-in": 1, choose: 2, save: 3, saved: 4 } as const;

export function ConnectPage() {
  const [stage, setStage] = useState<Stage>({ is: "sign-in" });
  return (
    <Page
      title="Connect Azure DevOps"
      trail={
        <Trail>
          <span>Settings</span>
          <Link to="/settings/integrations">Data Sources & Integrations</Link>
        </Trail>
      }
    >
      <Steps current={stepOf[stage.is]} />
      {stage.is === "sign-in" ? (
        <SignInStep onDone={(connection, draft) => setStage({ is: "choose", connection, draft })} />
      ) : stage.is === "choose" ? (
        <ChooseStep
          draft={stage.draft}
          onBack={() => setStage({ is: "sign-in" })}
          onDone={(takes) => setStage({ ...stage, is: "save", takes })}
        />
      ) : stage.is === "save" ? (
        <SaveStep
          draft={stage.draft}
          connection={stage.connection}
          takes={stage.takes}
          onBack={() => setStage({ is: "choose", connection: stage.connection, draft: stage.draft })}
          onDone={(instanceId) => setStage({ is: "saved", instanceId })}
        />
      ) : (
        <Progress instanceId={stage.instanceId} />
      )}
    </Page>
  );
}
