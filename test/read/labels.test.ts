import { describe, expect, it } from 'vitest';
import { structureKey } from '../../src/expression/same.js';
import { readSheet } from '../../src/read/document.js';

/** What the asks of a sheet are read as. */
const asks = (lines: readonly string[]): readonly string[] =>
  readSheet(lines.join('\n')).statements.flatMap((statement) =>
    statement.kind === 'find' ? statement.asks.map((ask) => structureKey(ask.formula)) : [],
  );

describe('letters below a name', () => {
  it('are indices where the name has as many running ones elsewhere', () => {
    expect(
      asks(['c = sum_i (sum_j w_ij x_j - y_i)^2', 'find dc/dw_ab', 'find dc/dw_{a,b}']),
    ).toEqual(['d(c[]/w[a[],b[]])', 'd(c[]/w[a[],b[]])']);
    expect(asks(['L = sum_i sum_j (R_ij - sum_k U_ik V_jk)^2', 'find d2L/dU_ik dU_ab'])).toEqual([
      'd(d(L[]/U[a[],b[]])/U[i[],k[]])',
    ]);
  });

  it('stay a label where they never run', () => {
    expect(
      asks(['h_t = tanh(W_ih x_t + W_hh h_(t-1)) for t = 1..T', 'L = C(h_T)', 'find dL/dW_hh']),
    ).toEqual(['d(L[]/W_hh[])']);
  });

  it('pick an entry of a name that is defined bare, even by a letter that is a name', () => {
    expect(asks(['p = softmax(o)', 'c = 2', 'find dp_c/do_1'])).toEqual(['d(p[c[]]/o[1])']);
    // What is declared or defined by itself is a name of its own.
    expect(asks(['p = softmax(o)', 'c = 2', 'p_c = 3', 'find dp_c/do_1'])).toEqual([
      'd(p\u2063_c[]/o[1])',
    ]);
  });
});
