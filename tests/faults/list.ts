/** Writes the tables of docs/reliability.md anew from the lists and the names of the tests. */
import { writeDocument } from './list/document.ts';

writeDocument();
