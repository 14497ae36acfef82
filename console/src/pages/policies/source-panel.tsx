/** Where the policies of an instance are kept: here, or in a repository, at which commit, and what is wrong there. */
import { Button, Group } from "@mantine/core";
import { IconGitBranch, IconSettings } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import type { Policies } from "#api/policies/contract.ts";
import { ask, tell } from "../../api.ts";
import { countOf, shortCommit } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { sayBranch } from "../../ui/target.ts";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import classes from "./policies.module.css";
import { SourceForm } from "./source-form.tsx";

type Source = NonNullable<Policies["source"]>;

interface Properties {
  readonly instance: InstanceRow;
  readonly source: Source | null;
}

export function SourcePanel({ instance, source }: Properties) {
  const [choosing, setChoosing] = useState(false);
  const mayChange = useIsAdministrator();
  return (
    <>
      <div className={classes.source}>
        <IconGitBranch size={17} stroke={1.6} aria-hidden="true" />
        <div className={classes.sourceWords}>
          {source === null ? (
            <p>
              Kept here. They can be kept as YAML in a repository instead, changed by pull requests and tried before
              they are merged.
            </p>
          ) : (
            <SourceWords source={source} />
          )}
        </div>
        {mayChange ? (
          <Group gap={8} wrap="nowrap">
            {source === null ? null : <Leave instance={instance} />}
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconSettings size={15} />}
              onClick={() => setChoosing(true)}
            >
              {source === null ? "Keep them in a repository" : "Choose another place"}
            </Button>
          </Group>
        ) : null}
      </div>
      {source === null || source.problems.length === 0 ? null : <Mistakes source={source} />}
      <Dialog opened={choosing} onClose={() => setChoosing(false)} title="Keep the policies in a repository">
        <SourceForm instance={instance} source={source} onClose={() => setChoosing(false)} />
      </Dialog>
    </>
  );
}

function SourceWords({ source }: { readonly source: Source }) {
  const { repository, ref, folder, commitInForce, readAt } = source;
  return (
    <p>
      Kept in <b>{repository.name}</b> ({repository.project}), <code>{folder === "" ? "/" : `/${folder}`}</code> of{" "}
      <code>{sayBranch(ref)}</code>
      {commitInForce === null ? (
        <>. Nothing was read there without mistakes yet, so those of before decide.</>
      ) : (
        <>
          {" "}
          at commit <code>{shortCommit(commitInForce)}</code>: they are changed there, not here.
        </>
      )}
      {readAt === null ? (
        " It is being read."
      ) : (
        <>
          {" "}
          Read <Moment at={readAt} />.
        </>
      )}
    </p>
  );
}

function Mistakes({ source: { problems, readCommit, commitInForce } }: { readonly source: Source }) {
  const where = readCommit === null ? "" : ` at commit ${shortCommit(readCommit)}`;
  return (
    <Notice title={`${countOf(problems.length, "mistake")} in the folder${where}`}>
      <p>
        {commitInForce === null ? "The policies of before" : `Those of commit ${shortCommit(commitInForce)}`} stay in
        force until it is put right.
      </p>
      <ul className={classes.mistakes}>
        {problems.map(({ path, line, message }) => (
          <li key={`${path}:${line} ${message}`}>
            <code>{line === null ? path : `${path}:${line}`}</code> {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Leave({ instance }: { readonly instance: InstanceRow }) {
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: () => tell.leavePolicySource(instance.id),
    onSuccess: (answer) => {
      client.setQueryData(ask.policies(instance.id).queryKey, answer);
      sayDone("The policies are kept here again: the built-in set, and those that were made here.");
    },
    onError: (error) => sayFailed("The policies are still kept in the repository", error),
  });
  return (
    <Button variant="default" size="compact-sm" loading={leave.isPending} onClick={() => leave.mutate()}>
      Keep them here again
    </Button>
  );
}
