/** What a thread that answers needs of the engine; also the entry of the engine as one script. */
export { solveText } from '../derive.js';
export { nerdamerOpinion } from '../numeric/nerdamer.js';
