/** A part of a tree that could not be examined by chance: another time it may be. */
export interface UnreadPart {
  /** Of the file, or of the first one of a unit. */
  readonly path: string;
  /** The file's object, or the key of the unit: what fails with this content again and again fails always. */
  readonly content: string;
}
