/** People who may sign in. Members see the instances they were given; administrators see everything. */
import { type Static, Type } from "typebox";
import { newPassword, newUserName } from "../first-administrator/contract.ts";
import { id } from "../shapes/id.ts";
import { roleName } from "../shapes/names.ts";
import { pageOf } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

/** For members: the instances they may see. */
const instances = Type.Array(id, { maxItems: 1000 });

const userRow = Type.Object({ id, name: Type.String(), role: roleName, instances, createdAt: time });
export type UserRow = Static<typeof userRow>;

export const usersAnswer = pageOf(userRow);
export type Users = Static<typeof usersAnswer>;

export const createUserBody = Type.Object(
  { name: newUserName, password: newPassword, role: roleName, instances: Type.Optional(instances) },
  { additionalProperties: false },
);
export type CreateUserBody = Static<typeof createUserBody>;

export const createdUserAnswer = Type.Object({ id });
export type CreatedUser = Static<typeof createdUserAnswer>;

export const editUserBody = Type.Object({ role: roleName, instances }, { additionalProperties: false });
export type EditUserBody = Static<typeof editUserBody>;

export const setPasswordBody = Type.Object({ password: newPassword }, { additionalProperties: false });
export type SetPasswordBody = Static<typeof setPasswordBody>;
