/** The wizard: sign in, choose repositories, name and save; then it stays until the instance is connected. */
import { useSessionStorage } from "@mantine/hooks";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import type { TakesBody } from "#api/instances/contract.ts";
import type { FeaturesBody } from "#api/shapes/takes.ts";
import { Page } from "../../ui/page.tsx";
import { Trail } from "../../ui/trail.tsx";
import { ChooseStep } from "./choose-step.tsx";
import { Progress } from "./progress.tsx";
import { SaveStep } from "./save-step.tsx";
import { SignInStep } from "./sign-in-step.tsx";
import { Steps } from "./steps.tsx";

interface Draft {
  readonly id: string;
  readonly connection: Connection;
}

/** What each step leaves for the next. */
type Stage =
  | { readonly is: "sign-in" }
  | { readonly is: "choose"; readonly draft: Draft; readonly takes: TakesBody }
  | { readonly is: "save"; readonly draft: Draft; readonly takes: TakesBody }
  | { readonly is: "saved"; readonly instanceId: string };

const stepOf = { "sign-in": 1, choose: 2, save: 3, saved: 4 } as const;
const route = getRouteApi("/signed-in/settings/integrations/new");
const everything: FeaturesBody = { comment: true, status: true, fix: true, workItems: true };

export function ConnectPage() {
  const { attempt } = route.useSearch();
  const navigate = useNavigate({ from: "/settings/integrations/new" });
  const [stage, setStage] = useState<Stage>({ is: "sign-in" });
  // Kept while the browser is away at Microsoft.
  const [features, setFeatures, forgetFeatures] = useSessionStorage({
    key: "sallyport-connect-features",
    defaultValue: everything,
  });
  const startAnew = () => {
    setStage({ is: "sign-in" });
    void navigate({ search: {} });
  };
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
        <SignInStep
          attempt={attempt}
          features={features}
          onFeatures={setFeatures}
          onAnew={startAnew}
          onDone={(connection, id) =>
            setStage({ is: "choose", draft: { id, connection }, takes: { is: "existing-and-future" } })
          }
        />
      ) : stage.is === "choose" ? (
        <ChooseStep
          draft={stage.draft.id}
          first={stage.takes}
          onBack={() => setStage({ is: "sign-in" })}
          onDone={(takes) => setStage({ ...stage, is: "save", takes })}
        />
      ) : stage.is === "save" ? (
        <SaveStep
          draft={stage.draft.id}
          connection={stage.draft.connection}
          takes={stage.takes}
          features={features}
          onFeatures={setFeatures}
          onBack={() => setStage({ ...stage, is: "choose" })}
          onDone={(instanceId) => {
            forgetFeatures();
            setStage({ is: "saved", instanceId });
          }}
        />
      ) : (
        <Progress instanceId={stage.instanceId} onAnew={startAnew} />
      )}
    </Page>
  );
}
