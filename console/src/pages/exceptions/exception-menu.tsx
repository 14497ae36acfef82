/** What may be done with an exception. What stands in the code is ended in the code. */
import { Menu } from "@mantine/core";
import { IconCalendarPlus, IconCheck, IconListSearch, IconPlayerStop, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ExceptionRow } from "#api/exceptions/contract.ts";
import { ask } from "../../api.ts";
import type { ExceptionDecision } from "./use-decide-exception.ts";

interface Properties {
  readonly row: ExceptionRow;
  readonly onDecide: (decision: ExceptionDecision) => void;
  readonly onExtend: () => void;
}

export function ExceptionMenu({ row, onDecide, onExtend }: Properties) {
  const { id, state, source, rule, repository, author } = row;
  const isMine = useQuery(ask.session()).data?.user?.name === author;
  const navigate = useNavigate();
  const covered = source === "code" ? "silenced" : state === "active" ? "dismissed" : "open";
  return (
    <>
      {id !== null && state === "pending" ? (
        <>
          {isMine ? null : (
            <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => onDecide({ id, is: "approve" })}>
              Approve
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconX size={16} />} onClick={() => onDecide({ id, is: "refuse" })}>
            {isMine ? "Take back" : "Refuse"}
          </Menu.Item>
        </>
      ) : null}
      {id !== null && state === "active" ? (
        <>
          <Menu.Item leftSection={<IconCalendarPlus size={16} />} onClick={onExtend}>
            Set another end
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconPlayerStop size={16} />}
            onClick={() => onDecide({ id, is: "revoke" })}
          >
            Revoke
          </Menu.Item>
        </>
      ) : null}
      <Menu.Item
        leftSection={<IconListSearch size={16} />}
        onClick={() =>
          void navigate({ to: "/issues", search: { rule, repositoryId: repository?.id, state: [covered] } })
        }
      >
        Show issues of this rule
      </Menu.Item>
    </>
  );
}
