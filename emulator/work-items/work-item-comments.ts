/** Routes of the comments of work items (preview). */
import { headerPage, invalidArgument, requireBody, text } from "../pull-requests/request-body.ts";
import { requireGroup } from "../rights.ts";
import type { Call, Route } from "../route.ts";
import { identityRef } from "../shapes.ts";
import type { WorkItemState, World } from "../world.ts";
import { requireWorkItem, workItemRefusal } from "./find-work-item.ts";
import { type WorkItemComment, workItemNotes } from "./work-item-notes.ts";
import { workItemUrl } from "./work-item-shape.ts";
import { addComment } from "./work-items.ts";

function shape(call: Call, world: World, item: WorkItemState, comment: WorkItemComment): Record<string, unknown> {
  const who = identityRef(world, comment.createdBy, call.organization);
  return {
    workItemId: item.id,
    id: comment.id,
    version: comment.version,
    text: comment.text,
    createdBy: who,
    createdDate: comment.createdDate.toISOString(),
    modifiedBy: who,
    modifiedDate: comment.modifiedDate.toISOString(),
    url: `${workItemUrl(world, call.organization, item)}/comments/${comment.id}`,
  };
}

function listComments(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  const newestFirst = [...workItemNotes(item).comments].reverse();
  const { values, headers } = headerPage(call, newestFirst, 200);
  const token = headers["x-ms-continuationtoken"];
  const url = `${workItemUrl(world, call.organization, item)}/comments`;
  return {
    body: {
      totalCount: newestFirst.length,
      count: values.length,
      comments: values.map((comment) => shape(call, world, item, comment)),
      ...(token ? { continuationToken: token, nextPage: `${url}?continuationToken=${token}` } : {}),
    },
  };
}

function requireComment(call: Call, item: WorkItemState): WorkItemComment {
  const id = call.params.commentId ?? "";
  const comment = workItemNotes(item).comments.find((one) => String(one.id) === id);
  if (comment) return comment;
  throw workItemRefusal(
    404,
    "WorkItemCommentNotFoundException",
    `VS403648: The comment ${id} of work item ${item.id} does not exist.`,
  );
}

function getComment(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  return { body: shape(call, world, item, requireComment(call, item)) };
}

function createComment(call: Call, world: World) {
  const item = requireWorkItem(call, world);
  requireGroup(call, "contributors", call.organization.projects.get(item.projectId), "Edit work items in this node");
  const words = text(requireBody(call).text);
  if (!words) throw invalidArgument("text");
  return { body: shape(call, world, item, addComment(call, world, item, words)) };
}

const at = "/{organization}/{project?}/_apis/wit/workItems/{workItemId}/comments";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["work"], preview: true, handle: listComments },
  { method: "POST", path: at, scopes: ["work_write"], preview: true, handle: createComment },
  { method: "GET", path: `${at}/{commentId}`, scopes: ["work"], preview: true, handle: getComment },
];
