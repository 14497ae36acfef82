/** The three ways to prove who Sallyport acts for; the chosen one unfolds. A server of one's own knows only the token. */
import { Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { Connection } from "#api/connections/contract.ts";
import { ask } from "../../api.ts";
import { Badge } from "../tag.tsx";
import classes from "./connection.module.css";
import { IdentityForm } from "./identity-form.tsx";
import { MicrosoftForm } from "./microsoft-form.tsx";
import { TokenForm } from "./token-form.tsx";

export type Way = "microsoft" | "token" | "identity";

interface Properties {
  /** Known already, when only the sign-in is new. */
  readonly organizations?: readonly string[];
  readonly onWay?: (way: Way) => void;
  readonly onChecked: (connection: Connection | undefined) => void;
}

export function Ways({ organizations, onWay, onChecked }: Properties) {
  const [chosen, setChosen] = useState<Way>("microsoft");
  const choose = (way: string) => {
    setChosen(way as Way);
    onWay?.(way as Way);
    onChecked(undefined);
  };
  const isServer = useQuery(ask.integrations()).data?.rows[0]?.edition === "server";
  useEffect(() => {
    if (isServer) onWay?.("token");
  }, [isServer, onWay]);
  const known = organizations === undefined ? {} : { organizations };
  if (isServer) return <TokenForm {...known} onChecked={onChecked} />;
  return (
    <Radio.Group aria-label="Way to sign in" value={chosen} onChange={choose}>
      <Stack gap={10}>
        <WayCard
          way="microsoft"
          chosen={chosen}
          label="Sign in with Microsoft"
          aside={<Badge>recommended</Badge>}
          description="As a person, through your own Entra app. Renews itself; finds the right directory."
        >
          <MicrosoftForm {...known} />
        </WayCard>
        <WayCard
          way="token"
          chosen={chosen}
          label="Personal access token"
          description="One or several tokens that you make in Azure DevOps. They expire."
        >
          <TokenForm {...known} onChecked={onChecked} />
        </WayCard>
        <WayCard
          way="identity"
          chosen={chosen}
          label="Service principal or managed identity"
          description="The app itself, or the machine that Sallyport runs on. It does not leave the company."
        >
          <IdentityForm {...known} onChecked={onChecked} />
        </WayCard>
      </Stack>
    </Radio.Group>
  );
}

interface CardProperties {
  readonly way: Way;
  readonly chosen: Way;
  readonly label: string;
  readonly aside?: ReactNode;
  readonly description: string;
  readonly children: ReactNode;
}

function WayCard({ way, chosen, label, aside, description, children }: CardProperties) {
  return (
    <div className={classes.way} data-chosen={way === chosen || undefined}>
      <Radio
        className={classes.wayHead}
        value={way}
        label={
          <span className={classes.wayTitle}>
            {label} {aside}
          </span>
        }
        description={description}
      />
      {way === chosen ? <div className={classes.wayBody}>{children}</div> : null}
    </div>
  );
}
