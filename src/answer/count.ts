/** `count`: parameters, or paths through a concrete network. */
import type { CountView } from '../document/view.js';
import { countParameters } from '../network/parameters.js';
import { countPaths } from '../network/paths.js';
import type { Statement } from '../read/statement.js';
import type { Setting } from './session.js';

type CountStatement = Statement & { readonly kind: 'count' };

export function answerCount(statement: CountStatement, setting: Setting): CountView {
  const base = { kind: 'count' as const, line: statement.line, what: statement.what };
  if (statement.what === 'paths' && statement.from && statement.to)
    return { ...base, value: countPaths(statement.from, statement.to, setting.network), by: [] };
  return { ...base, ...countParameters(setting.network) };
}
