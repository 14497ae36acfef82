/** Second step: which repositories. */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TakesBody } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RepositoryChoice } from "../../ui/repository-choice/repository-choice.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import classes from "./connect.module.css";

interface Properties {
  readonly draft: string;
  readonly first: TakesBody;
  readonly onBack: () => void;
  readonly onDone: (takes: TakesBody) => void;
}

export function ChooseStep({ draft, first, onBack, onDone }: Properties) {
  const query = useQuery(ask.choosableRepositories(draft));
  const [takes, setTakes] = useState<TakesBody>(first);
  return (
    <PanelStack alone>
      <Panel title="Which repositories should Sallyport watch?">
        <Listing query={query} isEmpty={() => false} empty={null}>
          {(answer) => (
            <RepositoryChoice
              of={{ is: "connections", id: draft }}
              repositories={answer.repositories}
              projects={answer.projects}
              takes={takes}
              onChange={setTakes}
            />
          )}
        </Listing>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <Button
            disabled={query.data === undefined || (takes.is === "list" && takes.repositories.length === 0)}
            onClick={() => onDone(takes)}
          >
            Review
          </Button>
        </div>
      </Panel>
    </PanelStack>
  );
}
