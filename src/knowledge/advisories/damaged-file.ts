/** A file of the knowledge folder cannot be used; says what to do about it. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";

  constructor(file: string, why: string) {
    super(`${file} ${why}: build it again with "sallyport advisories update --rebuild"`);
  }
}
