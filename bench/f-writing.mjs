/** F. Writing: a derivation of ten lines as LaTeX and as HTML, and KaTeX's share of the time. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle, figure, median, spentTime, table, tokensIn } from './measure.mjs';

export const title = 'F. Writing: a derivation of ten lines';

const sheet = `f_1 = tanh(w_1 x)
f_2 = tanh(w_2 f_1)
f_3 = tanh(w_3 f_2)
C = (f_3 - y)^2
check
  dC/dw_1 = dC/df_3 df_3/dw_1
          = 2 (f_3 - y) df_3/dw_1
          = 2 (f_3 - y) (1 - f_3^2) w_3 df_2/dw_1
          = 2 (f_3 - y) (1 - f_3^2) w_3 (1 - f_2^2) w_2 df_1/dw_1
          = 2 (f_3 - y) (1 - f_3^2) w_3 (1 - f_2^2) w_2 (1 - f_1^2) x
          = 2 x (f_3 - y) (1 - f_3^2) w_3 (1 - f_2^2) w_2 (1 - f_1^2)
          = 2 x w_2 w_3 (f_3 - y) (1 - f_3^2) (1 - f_2^2) (1 - f_1^2)
          = 2 x w_2 w_3 (f_3 - y) (1 - f_3) (1 + f_3) (1 - f_2^2) (1 - f_1^2)
          = -2 x w_2 w_3 (y - f_3) (1 - f_3) (1 + f_3) (1 - f_2^2) (1 - f_1^2)
          = -2 x w_2 w_3 (y - f_3) (1 - f_3^2) (1 - f_2) (1 + f_2) (1 - f_1^2)
`;

export async function run({ handgrad, quick }) {
  const writing = fileURLToPath(new URL('../src/document/write.ts', import.meta.url));
  const { writeDocument } = await import(pathToFileURL(await bundle(writing, 'write')).href);
  const document = await handgrad.solveText(sheet, 'bench.hg');
  const [check] = document.results;
  if (!['proved', 'agrees'].includes(check.verdict) || check.lines.length !== 10)
    throw new Error(
      `the derivation is ${check.verdict}: ${check.lines.map(({ verdict }) => verdict).join()}`,
    );
  // The same module as the bundle loads, so that its calls can be timed.
  const katex = createRequire(new URL('../package.json', import.meta.url))('katex');
  const module = (await import('katex')).default;
  const calls = { own: 0, count: 0 };
  const plain = module.renderToString;
  module.renderToString = (...args) => {
    const start = spentTime();
    try {
      return plain.apply(module, args);
    } finally {
      calls.own += spentTime() - start;
      calls.count += 1;
    }
  };
  const rows = [];
  const rounds = quick ? 5 : 25;
  try {
    for (const to of ['latex', 'markdown', 'html']) {
      const [times, shares] = [[], []];
      let text = '';
      for (let round = 0; round < rounds; round += 1) {
        calls.own = calls.count = 0;
        const start = spentTime();
        text = await writeDocument(document, to, { steps: 'main' });
        times.push(spentTime() - start);
        shares.push(calls.own / times.at(-1));
      }
      // Ten right sides must be there, whatever the form.
      if (tokensIn(text) < 100) throw new Error(`${to}: nothing was written`);
      if (to === 'html' && calls.count < 10)
        throw new Error('KaTeX was not called; its share is not known');
      rows.push({
        form: to,
        ms: figure(median(times)),
        'lines/s': figure((1000 * 10) / median(times)),
        "KaTeX's share":
          to === 'html' ? `${Math.round(100 * median(shares))} % of ${calls.count} calls` : '',
        bytes: text.length,
      });
    }
  } finally {
    module.renderToString = plain;
  }
  const lines = check.lines
    .map(({ formula }) => formula.latex ?? formula.relation?.latex)
    .filter(Boolean);
  const alone = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = spentTime();
    for (const line of lines) katex.renderToString(line, { displayMode: true, throwOnError: true });
    alone.push(spentTime() - start);
  }
  rows.push({
    form: `KaTeX alone, the ${lines.length} lines`,
    ms: figure(median(alone)),
    'lines/s': figure((1000 * lines.length) / median(alone)),
  });
  table(rows);
}
