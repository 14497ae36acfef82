/** Back from Microsoft: who that is, in which directory, and which organizations to take; or why it came to nothing. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Connection } from "#api/connections/contract.ts";
import { ask } from "../../api.ts";
import { SignInProblem } from "../../ui/connection/sign-in-problem.tsx";
import { useMicrosoft } from "../../ui/connection/use-microsoft.ts";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { ChooseOrganizations } from "./choose-organizations.tsx";

interface Properties {
  readonly attempt: string;
  readonly onChecked: (connection: Connection | undefined) => void;
  readonly onAnew: () => void;
}

export function SignedIn({ attempt, onChecked, onAnew }: Properties) {
  const query = useQuery(ask.signInAttempt(attempt));
  const away = useMicrosoft();
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {(answer) =>
        answer.is === "under-way" ? (
          <Panel title="Signing in">
            <Tag tone="busy">Waiting for Microsoft's answer</Tag>
            <div>
              <Button variant="default" mt="md" onClick={onAnew}>
                Start again
              </Button>
            </div>
          </Panel>
        ) : answer.is === "problem" ? (
          <SignInProblem
            problem={answer.problem}
            account={answer.account}
            busy={away.isPending || away.isSuccess}
            error={away.error}
            onRetry={answer.hint === null ? onAnew : () => away.mutate({ hint: answer.hint ?? "" })}
            onOtherAccount={
              answer.hint === null ? undefined : () => away.mutate({ hint: answer.hint ?? "", selectAccount: true })
            }
            onAnew={onAnew}
          />
        ) : (
          <ChooseOrganizations attempt={attempt} signedIn={answer} onChecked={onChecked} onAnew={onAnew} />
        )
      }
    </Listing>
  );
}
