// These notes as a site: `npx vitepress build examples/notes`, with handgrad and katex installed.
import handgrad from 'handgrad/markdown-it';
import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'Notes with derivations',
  markdown: { config: (reader) => reader.use(handgrad) },
});
