/**
 * How far the readers of assignments look, in bytes. What tells beforehand that nothing is assigned (may-assign.ts), and what
 * tells which bytes were looked at (search/sight.ts), must agree with those that read: they take their limits from here.
 */

/** Blanks and tabs between the parts of an assignment. */
export const longestBlank = 40;
/** Blanks and line breaks between the parts of what is written in lines. */
export const longestBreak = 60;
/** Of a name, before a keyword and behind it. */
export const longestName = 48;
/** Of the dotted path before a name. */
export const longestPath = 60;
/** `[32]`, `)` behind a name. */
export const longestIndex = 12;
/** A type between a name and its sign. */
export const longestType = 72;
/** From a name to the value one level below it. */
export const longestNested = 320;
/** Of a value. */
export const longestValue = 512;
/** Of a line of values for names in the same order. */
export const longestPair = 300;
/** Of a line before a name: the quotes and signs in it say where the name stands. */
export const longestLine = 200;
/** Of a line before a name in which a directive begins: `ENV`, `export`. */
export const longestDirective = 100;
/** Of a call that hands a value to the thing whose name stands in it. */
export const longestCall = 60;
/** What stands around a password: where one signs in with it. */
export const companyBefore = 160;
export const companyAfter = 120;
