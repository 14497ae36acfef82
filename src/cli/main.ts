/** Where bin/sallyport.js hands over. */
import { runProgram } from "./program.ts";

await runProgram(process.argv);
