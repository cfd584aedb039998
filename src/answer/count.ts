/** `count`: parameters, or paths through a concrete network. */
import type { CountView } from '../document/view.js';
import { countParameters, parametersOf } from '../network/parameters.js';
import { countPaths } from '../network/paths.js';
import type { Statement } from '../read/statement.js';
import { formulaView } from './formulas.js';
import type { Setting } from './session.js';

type CountStatement = Statement & { readonly kind: 'count' };

export function answerCount(statement: CountStatement, setting: Setting): CountView {
  const base = { kind: 'count' as const, line: statement.line, what: statement.what };
  if (statement.what === 'paths' && statement.from && statement.to)
    return { ...base, value: countPaths(statement.from, statement.to, setting.network), by: [] };
  const { value, by } = countParameters(setting.network);
  const parameters = parametersOf(setting.network);
  return {
    ...base,
    value,
    by: by.map((row, place) => {
      const parameter = parameters[place];
      return parameter ? { ...row, shown: formulaView(parameter, setting.display) } : row;
    }),
  };
}
