/** Every derivation of every answer is made again, line by line, by the laws that it names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowedNames } from '../../src/answer/allowed.js';
import { clauseConditions } from '../../src/answer/clauses.js';
import { type ClosedForm, closedForm } from '../../src/answer/closed-form.js';
import { answerRules, lawsOfAnswer } from '../../src/answer/laws.js';
import { openSheet, type Setting } from '../../src/answer/session.js';
import type { Wanted } from '../../src/answer/wanted.js';
import { solveText } from '../../src/derive.js';
import type { StepView } from '../../src/document/view.js';
import { number } from '../../src/expression/formula.js';
import { gradientRules } from '../../src/gradient/rules.js';
import { lower } from '../../src/network/lower.js';
import { readDocument } from '../../src/read/document.js';
import type { Ask, Statement } from '../../src/read/statement.js';
import { type LawBook, replay } from '../../src/rewrite/replay.js';
import type { Derivation, Step } from '../../src/rewrite/step.js';
import { moreSheets } from './sheets.js';

interface Derived {
  readonly where: string;
  readonly form: ClosedForm;
  readonly laws: LawBook;
  readonly setting: Setting;
}

/** The derivations of all asks of a worksheet, with laws that make every line anew. */
function derivedIn(text: string, file: string): readonly Derived[] {
  return readDocument(text, file).scopes.flatMap((sheet) => {
    const { settingOf } = openSheet(sheet);
    return sheet.statements.flatMap((statement) =>
      asksOf(statement).map((ask) => derived(ask, statement, settingOf(statement))),
    );
  });
}

function asksOf(statement: Statement): readonly Ask[] {
  if (statement.kind === 'find') return statement.asks;
  return statement.kind === 'simplify' ? [statement.ask] : [];
}

function derived(ask: Ask, statement: Statement, setting: Setting): Derived {
  const { clauses } = statement as Statement & { readonly kind: 'find' };
  const where = clauseConditions(clauses);
  const wanted: Wanted = {
    allowed: allowedNames(clauses.inTermsOf, setting.network.vocabulary),
    as: clauses.as,
    where,
    functions: 'by name',
    line: statement.line,
  };
  const { network } = setting;
  const lowered = lower(ask.formula, network, { where });
  const form = closedForm(lowered, network, wanted);
  return {
    where: `line ${statement.line}`,
    form,
    laws: lawsOfAnswer(lowered, network, wanted),
    setting,
  };
}

const again = (derivation: Derivation, { laws, setting }: Derived) => {
  const { conventions, functions } = setting.network;
  return replay(derivation, laws, { conventions, functions });
};

const folder = join(import.meta.dirname, '..', '..', 'examples');
const sheets: readonly (readonly [string, string])[] = [
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
  ...Object.entries(moreSheets).map(([name, text]) => [`${name}.hg`, text] as const),
];

describe.each(sheets)('the derivations of %s', { timeout: 60_000 }, (file, text) => {
  const all = derivedIn(text, file);

  it('are made again line by line', () => {
    const failing = all.flatMap((one) => {
      const result = again(one.form.derivation, one);
      return result.holds ? [] : [`${one.where}: step ${result.step.join('.')} ${result.reason}`];
    });
    expect(failing).toEqual([]);
  });

  it('fail with a forged line or an unknown law', () => {
    for (const one of all)
      for (const place of one.form.derivation.steps.keys()) {
        const forged = (change: (step: Step) => Step): Derivation => ({
          start: one.form.derivation.start,
          steps: one.form.derivation.steps.map((step, at) => (at === place ? change(step) : step)),
        });
        const wrong = forged((step) => ({ ...step, after: number(77) }));
        expect(again(wrong, one).holds, `${one.where}, line ${place}`).toBe(false);
        const unknown = forged((step) => ({ ...step, law: 'magic' }));
        expect(again(unknown, one).holds, `${one.where}, line ${place}`).toBe(false);
      }
  });
});

const lawsIn = (steps: readonly StepView[]): readonly string[] =>
  steps.flatMap((step) => [step.law, ...lawsIn(step.inner ?? [])]);

const rules: readonly (readonly [string, string])[] = [
  ...[...gradientRules].flatMap(([name, { example }]) =>
    example === undefined ? [] : [[name, example] as const],
  ),
  ...answerRules.map((rule) => [rule.name, rule.example] as const),
];

describe('each kind of line has an example', () => {
  it.each(rules)('%s', async (name, example) => {
    const { results } = await solveText(`${example}\n`, 'example.hg');
    const laws = results.flatMap((result) =>
      'steps' in result ? lawsIn(result.steps ?? []) : [JSON.stringify(result)],
    );
    expect(laws).toContain(name);
  });
});
