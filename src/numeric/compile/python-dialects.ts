/** The libraries that Python is written for: how each makes arrays, calls functions and decides. */

export interface Dialect {
  /** The lines at the top of the file. */
  readonly head: readonly string[];
  /** Functions of the table, by the name they are called by here. */
  readonly functions: Readonly<Record<string, string>>;
  /** An array of zeros like another one, where there is one. */
  readonly zeros: (length: number, like: string | undefined) => string;
  /** Its functions take arrays only: numbers are wrapped by `tensor`. */
  readonly numbers: 'plain' | 'wrapped';
  /** Arrays that cannot be changed in place, and values that no `if` can ask for. */
  readonly arrays: 'changed in place' | 'made anew';
}

const sameNames = (prefix: string, names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, `${prefix}.${name}`]));

const everywhere = 'exp log log2 log10 log1p expm1 sqrt sin cos tan sinh cosh tanh';

export const dialects = {
  numpy: {
    head: ['import math', '', 'import numpy as np'],
    functions: {
      ...sameNames('math', `${everywhere} asin acos atan asinh acosh atanh erf pow hypot`),
      sign: 'np.sign',
      abs: 'abs',
      max: 'max',
      min: 'min',
    },
    zeros: (length) => `np.zeros(${length})`,
    numbers: 'plain',
    arrays: 'changed in place',
  },
  pytorch: {
    head: [
      'import math',
      '',
      'import torch',
      '',
      '',
      'def tensor(u):',
      '    return u if torch.is_tensor(u) else torch.tensor(float(u), dtype=torch.float64)',
    ],
    functions: {
      ...sameNames(
        'torch',
        `${everywhere} asin acos atan asinh acosh atanh erf pow hypot abs sign`,
      ),
      max: 'torch.maximum',
      min: 'torch.minimum',
    },
    zeros: (length, like) =>
      like === undefined
        ? `torch.zeros(${length}, dtype=torch.float64)`
        : `torch.zeros(${length}, dtype=${like}.dtype, device=${like}.device)`,
    numbers: 'wrapped',
    arrays: 'changed in place',
  },
  jax: {
    head: ['import math', '', 'import jax.numpy as jnp', 'from jax.scipy.special import erf'],
    functions: {
      ...sameNames('jnp', `${everywhere} hypot abs sign`),
      asin: 'jnp.arcsin',
      acos: 'jnp.arccos',
      atan: 'jnp.arctan',
      asinh: 'jnp.arcsinh',
      acosh: 'jnp.arccosh',
      atanh: 'jnp.arctanh',
      erf: 'erf',
      pow: 'jnp.power',
      max: 'jnp.maximum',
      min: 'jnp.minimum',
    },
    zeros: (length, like) =>
      like === undefined ? `jnp.zeros(${length})` : `jnp.zeros(${length}, dtype=${like}.dtype)`,
    numbers: 'plain',
    arrays: 'made anew',
  },
} as const satisfies Readonly<Record<string, Dialect>>;
