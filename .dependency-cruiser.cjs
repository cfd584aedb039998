/**
 * Imports go one way: a folder of src/ imports only from those before it in this list.
 * test/house/imports.test.ts plants a breach and sees it caught.
 */
const order = [
  'expression/',
  'write/',
  'read/',
  'rewrite/',
  'laws/',
  'network/',
  'gradient/',
  'simplify/',
  'numeric/',
  'forms/',
  'judge/',
  'document/',
  'answer/',
  'verify.ts',
  'derive.ts',
  'index.ts',
  'notes/',
  'app/',
];

const upward = order.slice(0, -1).map((place, rank) => ({
  name: `${place.replace(/\/|\.ts/, '')}-imports-only-what-comes-before-it`,
  severity: 'error',
  from: { path: `^src/${place}` },
  to: { path: `^src/(${order.slice(rank + 1).join('|')})` },
}));

/** Rooms that must also run in a browser. */
const portable = order.slice(0, order.indexOf('document/')).join('|');

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-place-has-a-rank',
      comment: 'A new folder must be put into the order above.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${order.join('|')})` },
      to: {},
    },
    {
      name: 'every-place-imported-has-a-rank',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: `^src/(${order.join('|')})` },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'source-does-not-need-tests-or-development-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/house/' },
      to: { path: '^test/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-packages-in-source',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/house/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-engine-runs-in-a-browser',
      comment: 'Only what starts nerdamer, when a second opinion is asked for, needs Node.',
      severity: 'error',
      from: { path: `^src/(${portable})`, pathNot: '^src/numeric/nerdamer\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
