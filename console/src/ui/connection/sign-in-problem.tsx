/** A sign-in that came to nothing: what happened, what to do, what Microsoft says, and the ways on. */
import { Alert, Button, Group } from "@mantine/core";
import { IconUserX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SignInAttemptAnswer } from "#api/sign-ins/contract.ts";
import { saysWhy } from "../failure.tsx";
import { Panel } from "../panel.tsx";
import classes from "./sign-in-problem.module.css";

type Answer = Extract<SignInAttemptAnswer, { is: "problem" }>;

interface Properties {
  readonly problem: Answer["problem"];
  readonly account: Answer["account"];
  readonly busy: boolean;
  /** Why the next attempt could not even begin. */
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onOtherAccount: (() => void) | undefined;
  readonly onAnew?: () => void;
  /** More ways on. */
  readonly children?: ReactNode;
}

export function SignInProblem(properties: Properties) {
  const { problem, account, busy, error, onRetry, onOtherAccount, onAnew, children } = properties;
  return (
    <Panel className={classes.problem}>
      <div className={classes.columns}>
        <span className={classes.arch}>
          <IconUserX size={24} stroke={1.5} aria-hidden="true" />
        </span>
        <div role="alert">
          <h2 className={classes.title}>{problem.title}</h2>
          <dl className={classes.words}>
            <dt>What happened</dt>
            <dd>
              {problem.whatHappened}
              {account === null ? null : ` The account was ${account.name} (${account.userName}).`}
            </dd>
            <dt>What to do</dt>
            <dd>{problem.whatToDo}</dd>
            {problem.entraSays === null ? null : (
              <>
                <dt>What Microsoft says</dt>
                <dd className={classes.says}>{problem.entraSays}</dd>
              </>
            )}
          </dl>
        </div>
      </div>
      {error === null ? null : (
        <Alert color="red" variant="light" role="alert" mt="md">
          {saysWhy(error)}
        </Alert>
      )}
      <Group mt="lg" gap={8} pl={66}>
        <Button loading={busy} onClick={onRetry}>
          Try again
        </Button>
        {onOtherAccount === undefined ? null : (
          <Button variant="default" disabled={busy} onClick={onOtherAccount}>
            Use another account
          </Button>
        )}
        {children}
        {onAnew === undefined ? null : (
          <Button variant="subtle" disabled={busy} onClick={onAnew}>
            Sign in differently
          </Button>
        )}
      </Group>
    </Panel>
  );
}
