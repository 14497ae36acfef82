/** Types of a pack's entries, by git's own names (gitformat-pack). 0 is of an entry whose header cannot be read; 5 means nothing. */
export const objectTypes = {
  OBJ_COMMIT: 1,
  OBJ_TREE: 2,
  OBJ_BLOB: 3,
  OBJ_TAG: 4,
  /** A delta on the entry a distance before it. */
  OBJ_OFS_DELTA: 6,
  /** A delta on the object with an id. */
  OBJ_REF_DELTA: 7,
} as const;

export function isDelta(type: number): boolean {
  return type === objectTypes.OBJ_OFS_DELTA || type === objectTypes.OBJ_REF_DELTA;
}

/** True of what is stored as it is, and so says what it is. */
export function isWholeObject(type: number): boolean {
  return type >= objectTypes.OBJ_COMMIT && type <= objectTypes.OBJ_TAG;
}
