import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** In the order of imports: what is tested near to a fault finds it before whole answers do. */
const FOLDERS = [
  'expression',
  'rewrite',
  'laws',
  'network',
  'gradient',
  'simplify',
  'numeric',
  'forms',
  'judge',
  'answer',
];

const rank = ({ moduleId }: TestSpecification): number =>
  FOLDERS.findIndex((folder) => moduleId.includes(`/test/${folder}/`));

class NearFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/**
 * The tests that mutants run against: those of the engine, without the slow ones. The files share
 * their modules (`isolate: false`), because loading them again costs more than the tests; each mutant
 * still gets a thread of its own. A test may take long: a slow machine must not kill a mutant.
 */
export default defineConfig({
  test: {
    include: FOLDERS.map((folder) => `test/${folder}/**/*.test.ts`),
    exclude: [
      'test/answer/readable.test.ts',
      'test/gradient/random.test.ts',
      'test/numeric/nerdamer.test.ts',
      'test/numeric/compile/source.test.ts',
    ],
    sequence: { sequencer: NearFirst },
    isolate: false,
    maxWorkers: 1,
    testTimeout: 600_000,
  },
});
