/** Where the links and images of a note lead once its folder is rendered to pages. */
import type { ProseTargets } from '../document/prose.js';

/** A file beside the note or below or above it: no scheme, no host, no root, no query, no backslash. */
const beside = String.raw`^(?!\/)(?!.*%5c)[^\\:?#]+`;
const notePattern = new RegExp(`${beside}\\.(?:md|markdown)(?=#|$)`, 'i');
const imagePattern = new RegExp(`${beside}\\.(?:png|jpe?g|gif|svg|webp|avif)$`, 'i');

/**
 * Notes become pages, so links to notes lead to pages; pictures in files beside the notes are shown.
 * Pictures from elsewhere stay words: a page asks for nothing outside its folder.
 */
export const noteTargets: ProseTargets = {
  link: (address) =>
    notePattern.test(address) ? address.replace(/\.(?:md|markdown)(?=#|$)/i, '.html') : address,
  image: (address) => (imagePattern.test(address) ? address : undefined),
};
