/**
 * What templates get: the view of the document, with every optional field there (null where there is
 * nothing), so that a name that a template misspells is told from one that happens to be absent.
 */
import type { DocumentView, PartView, ResultView, StepView } from './view.js';
import { formKeys } from './words.js';

const optional = {
  document: ['picture'],
  statement: ['where'],
  result:
    `where value points verdict assumed checked notes steps forms cases formula slip witness point left
    right error reason what tikz paths fitsPaths`.split(/\s+/),
  step: ['assumed', 'inner', 'becauseUnicode', 'pieces'],
  line: 'shown source points left right witness point slip reason error'.split(' '),
  option: 'formula slip witness point left right assumed reason error'.split(' '),
  slip: ['suggestion', 'pieces'],
  counted: ['shown'],
} as const;

type Kind = keyof typeof optional;

const complete = <T extends object>(kind: Kind, object: T): T => ({
  ...Object.fromEntries(optional[kind].map((name) => [name, null])),
  ...object,
});

/** The data of a document template: see `view.ts` for every field. */
export function templateData(document: DocumentView): DocumentView {
  return complete('document', {
    ...document,
    parts: document.parts.map(completePart),
    results: document.results.map(completeResult),
  });
}

function completePart(part: PartView): PartView {
  switch (part.part) {
    case 'prose':
      return part;
    case 'statements':
      return { ...part, items: part.items.map((item) => complete('statement', item)) };
    case 'result':
      return { ...part, result: completeResult(part.result) };
  }
}

function completeResult(result: ResultView): ResultView {
  const whole = complete('result', result);
  if ('steps' in result && result.steps)
    Object.assign(whole, { steps: result.steps.map(completeStep) });
  if ('forms' in result)
    Object.assign(whole, {
      forms: { ...Object.fromEntries(formKeys.map((key) => [key, null])), ...result.forms },
    });
  if (result.kind === 'check')
    Object.assign(whole, {
      lines: result.lines.map((line) => completeSlip(complete('line', line))),
    });
  if (result.kind === 'choose')
    Object.assign(whole, {
      options: result.options.map((option) => completeSlip(complete('option', option))),
    });
  if (result.kind === 'count')
    Object.assign(whole, { by: result.by.map((row) => complete('counted', row)) });
  return completeSlip(whole);
}

const completeStep = (step: StepView): StepView =>
  complete('step', step.inner ? { ...step, inner: step.inner.map(completeStep) } : step);

function completeSlip<T extends object>(object: T): T {
  const slip = (object as { readonly slip?: object | null }).slip;
  return slip ? { ...object, slip: complete('slip', slip) } : object;
}
