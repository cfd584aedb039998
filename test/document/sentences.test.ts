/** Sentences of results: their formulas are set as formulas wherever there is mathematics. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeJson } from '../../src/document/json.js';
import { writeText } from '../../src/document/text.js';
import type { DocumentView } from '../../src/document/view.js';
import { writeDocument } from '../../src/document/write.js';

const sheet = `z_j = sum_k w_jk x_k
y_j = sigmoid(z_j)
L = C(y)
find dL/dz_j
check
  dL/dz_j = dL/dy_j y_j (1 + y_j)
`;

const solved = (): Promise<DocumentView> => solveText(sheet, 'sheet.hg');

describe('the reason of a step', () => {
  it('has its formulas between dollars in LaTeX, with slashes', async () => {
    const latex = await writeDocument(await solved(), 'latex', { steps: 'main' });
    expect(latex).toContain('{chain rule: $L$ depends on $z_j$ through $y_j$}');
    expect(latex).toContain('$\\partial y_j/\\partial z_j = y_j (1 - y_j)$');
  });

  it('has them between dollars in Markdown', async () => {
    const markdown = await writeDocument(await solved(), 'markdown', { steps: 'main' });
    expect(markdown).toContain('1. chain rule: $L$ depends on $z_j$ through $y_j$ ✓ proved');
  });

  it('has them set in HTML, short ones in one piece', async () => {
    const html = await writeDocument(await solved(), 'html', { steps: 'main' });
    const reason = /<span class="because">([\s\S]*?) depends on /.exec(html)?.[1];
    expect(reason).toMatch(/^chain rule: <span class="whole"><span class="katex">/);
  });

  it('stays one text for terminals and programs', async () => {
    const { results } = await solved();
    expect(writeText(results, { color: 'off', steps: 'main' })).toContain(
      'chain rule: L depends on zⱼ through yⱼ',
    );
    const [find] = JSON.parse(writeJson('sheet.hg', results)).results;
    expect(find.steps[0].because).toBe('chain rule: L depends on z_j through y_j');
    expect(Object.keys(find.steps[0]).sort()).toEqual(['because', 'formula', 'law', 'verdict']);
  });
});

describe('what is said of a wrong line', () => {
  it('has its formulas set', async () => {
    const latex = await writeDocument(await solved(), 'latex', { steps: 'main' });
    expect(latex).toMatch(/\\handgradkind\{sign\} the sign of the term \$y_j\$ is wrong\./);
    expect(latex).toMatch(/\\handgradremark\{At .*\$y_\d\$ \$= -?\d/);
  });

  it('tells programs the sentence and the names as texts', async () => {
    const { results } = await solved();
    const [, check] = JSON.parse(writeJson('sheet.hg', results)).results;
    const [line] = check.lines;
    expect(line.slip.message).toBe('the sign of the term y_j is wrong');
    expect(Object.keys(line.slip).sort()).toEqual(['kind', 'message', 'suggestion']);
    expect(line.point).toBeUndefined();
    expect(Object.keys(line.witness)).toContain('j');
  });
});
