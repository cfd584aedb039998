/**
 * Elementary functions of one or more numbers: one row each, with all that the rest of the program
 * knows about it. A new activation is one row.
 */

/** Where a function of real numbers is defined, kinked or bounded; in words of its arguments u, v. */
export interface FunctionRow {
  readonly name: string;
  /** Other spellings that read as this function, in plain math (without backslash). */
  readonly aliases: readonly string[];
  /** The LaTeX of the name. */
  readonly latex: string;
  /** Parameter names used in the texts of this row: `u`, and `v` for a second argument. */
  readonly parameters: readonly string[];
  /** Value in floating point. */
  readonly value: (...args: number[]) => number;
  /**
   * The derivative by each argument, as plain math in the parameters. It may use the function
   * itself (`1 - tanh(u)^2`), since a named output then stands for it.
   */
  readonly derivatives: readonly string[];
  /** The function through simpler ones, in plain math, where it has such a form. */
  readonly definition?: string;
  /** Conditions for the function to be defined, in plain math (`u > 0`); all must hold. */
  readonly domain: readonly string[];
  /** Arguments at which there is no derivative; conventions choose a value there. */
  readonly kinks: readonly number[];
  /** What the text of the derivative says at each kink; zero where this is left out. */
  readonly slopesAtKinks?: readonly number[] | undefined;
  /** Limits at minus and plus infinity, in plain math, where they exist. */
  readonly limits?: { readonly atMinusInfinity?: string; readonly atInfinity?: string } | undefined;
}

const logistic = (u: number): number =>
  u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u));
const softplus = (u: number): number => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));

/** The error function by its series near zero and a continued fraction far out (DLMF 7.6.2, 7.9.1). */
function errorFunction(u: number): number {
  const x = Math.abs(u);
  if (x > 6) return Math.sign(u);
  if (x < 2.5) {
    let term = x;
    let total = x;
    for (let n = 1; n < 80; n += 1) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return (Math.sign(u) * 2 * total * Math.exp(-x * x)) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n -= 1) fraction = n / 2 / (x + fraction);
  const tail = Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  return Math.sign(u) * (1 - tail);
}

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

type ShortRow = Partial<
  Pick<
    FunctionRow,
    'aliases' | 'latex' | 'domain' | 'kinks' | 'slopesAtKinks' | 'limits' | 'definition'
  >
>;

const unary = (
  name: string,
  value: (u: number) => number,
  slope: string,
  more: ShortRow = {},
): FunctionRow => ({
  name,
  aliases: [],
  latex: `\\operatorname{${name.replaceAll('_', '\\_')}}`,
  parameters: ['u'],
  value,
  derivatives: [slope],
  domain: [],
  kinks: [],
  ...more,
});

const binary = (
  name: string,
  value: (u: number, v: number) => number,
  slopes: readonly [string, string],
  more: ShortRow = {},
): FunctionRow => ({
  name,
  aliases: [],
  latex: `\\operatorname{${name}}`,
  parameters: ['u', 'v'],
  value,
  derivatives: slopes,
  domain: [],
  kinks: [],
  ...more,
});

/**
 * The rows. Slopes are written as a teacher writes them; those with cases use indicators.
 * Sources: DLMF chapters 4 and 7 (elementary functions, erf); Goodfellow, Bengio and Courville,
 * Deep Learning, chapter 6 (activations); the papers named beside younger activations.
 */
const rows: readonly FunctionRow[] = [
  unary('exp', Math.exp, 'exp(u)', { latex: '\\exp', limits: { atMinusInfinity: '0' } }),
  unary('log', Math.log, '1/u', { aliases: ['ln'], latex: '\\log', domain: ['u > 0'] }),
  unary('log2', Math.log2, '1/(u log(2))', {
    latex: '\\log_2',
    domain: ['u > 0'],
    definition: 'log(u)/log(2)',
  }),
  unary('log10', Math.log10, '1/(u log(10))', {
    latex: '\\log_{10}',
    domain: ['u > 0'],
    definition: 'log(u)/log(10)',
  }),
  unary('log1p', Math.log1p, '1/(1 + u)', { domain: ['u > -1'], definition: 'log(1 + u)' }),
  unary('expm1', Math.expm1, 'exp(u)', { definition: 'exp(u) - 1' }),
  unary('sqrt', Math.sqrt, '1/(2 sqrt(u))', {
    latex: '\\sqrt',
    domain: ['u >= 0'],
    definition: 'u^(1/2)',
  }),
  unary('cbrt', Math.cbrt, '1/(3 cbrt(u)^2)', { kinks: [0] }),
  unary('abs', Math.abs, 'sign(u)', { kinks: [0] }),
  unary('sign', Math.sign, '0', {
    aliases: ['sgn'],
    kinks: [0],
    limits: { atMinusInfinity: '-1', atInfinity: '1' },
  }),
  unary('sin', Math.sin, 'cos(u)', { latex: '\\sin' }),
  unary('cos', Math.cos, '-sin(u)', { latex: '\\cos' }),
  unary('tan', Math.tan, '1 + tan(u)^2', { latex: '\\tan', domain: ['cos(u) != 0'] }),
  unary('cot', (u) => 1 / Math.tan(u), '-(1 + cot(u)^2)', {
    latex: '\\cot',
    domain: ['sin(u) != 0'],
  }),
  unary('sec', (u) => 1 / Math.cos(u), 'sec(u) tan(u)', {
    latex: '\\sec',
    domain: ['cos(u) != 0'],
  }),
  unary('csc', (u) => 1 / Math.sin(u), '-csc(u) cot(u)', {
    latex: '\\csc',
    domain: ['sin(u) != 0'],
  }),
  unary('asin', Math.asin, '1/sqrt(1 - u^2)', {
    aliases: ['arcsin'],
    latex: '\\arcsin',
    domain: ['u >= -1', 'u <= 1'],
  }),
  unary('acos', Math.acos, '-1/sqrt(1 - u^2)', {
    aliases: ['arccos'],
    latex: '\\arccos',
    domain: ['u >= -1', 'u <= 1'],
  }),
  unary('atan', Math.atan, '1/(1 + u^2)', {
    aliases: ['arctan'],
    latex: '\\arctan',
    limits: { atMinusInfinity: '-pi/2', atInfinity: 'pi/2' },
  }),
  unary('acot', (u) => Math.PI / 2 - Math.atan(u), '-1/(1 + u^2)', {
    aliases: ['arccot'],
    definition: 'pi/2 - atan(u)',
    limits: { atMinusInfinity: 'pi', atInfinity: '0' },
  }),
  unary('asec', (u) => Math.acos(1 / u), '1/(abs(u) sqrt(u^2 - 1))', {
    aliases: ['arcsec'],
    domain: ['abs(u) >= 1'],
    definition: 'acos(1/u)',
    limits: { atMinusInfinity: 'pi/2', atInfinity: 'pi/2' },
  }),
  unary('acsc', (u) => Math.asin(1 / u), '-1/(abs(u) sqrt(u^2 - 1))', {
    aliases: ['arccsc'],
    domain: ['abs(u) >= 1'],
    definition: 'asin(1/u)',
    limits: { atMinusInfinity: '0', atInfinity: '0' },
  }),
  unary('sinh', Math.sinh, 'cosh(u)', { latex: '\\sinh' }),
  unary('cosh', Math.cosh, 'sinh(u)', { latex: '\\cosh' }),
  unary('tanh', Math.tanh, '1 - tanh(u)^2', {
    latex: '\\tanh',
    limits: { atMinusInfinity: '-1', atInfinity: '1' },
  }),
  unary('coth', (u) => 1 / Math.tanh(u), '1 - coth(u)^2', {
    latex: '\\coth',
    domain: ['u != 0'],
    limits: { atMinusInfinity: '-1', atInfinity: '1' },
  }),
  unary('sech', (u) => 1 / Math.cosh(u), '-sech(u) tanh(u)', {
    limits: { atMinusInfinity: '0', atInfinity: '0' },
  }),
  unary('csch', (u) => 1 / Math.sinh(u), '-csch(u) coth(u)', {
    domain: ['u != 0'],
    limits: { atMinusInfinity: '0', atInfinity: '0' },
  }),
  unary('asinh', Math.asinh, '1/sqrt(1 + u^2)', { aliases: ['arsinh', 'arcsinh'] }),
  unary('acosh', Math.acosh, '1/sqrt(u^2 - 1)', {
    aliases: ['arcosh', 'arccosh'],
    domain: ['u >= 1'],
  }),
  unary('atanh', Math.atanh, '1/(1 - u^2)', {
    aliases: ['artanh', 'arctanh'],
    domain: ['u > -1', 'u < 1'],
  }),
  unary('acoth', (u) => Math.atanh(1 / u), '1/(1 - u^2)', {
    aliases: ['arcoth', 'arccoth'],
    domain: ['abs(u) > 1'],
    definition: 'atanh(1/u)',
    limits: { atMinusInfinity: '0', atInfinity: '0' },
  }),
  unary('asech', (u) => Math.acosh(1 / u), '-1/(u sqrt(1 - u^2))', {
    aliases: ['arsech', 'arcsech'],
    domain: ['u > 0', 'u <= 1'],
    definition: 'acosh(1/u)',
  }),
  unary('acsch', (u) => Math.asinh(1 / u), '-1/(abs(u) sqrt(1 + u^2))', {
    aliases: ['arcsch', 'arccsch'],
    domain: ['u != 0'],
    definition: 'asinh(1/u)',
    limits: { atMinusInfinity: '0', atInfinity: '0' },
  }),
  unary('sinc', (u) => (u === 0 ? 1 : Math.sin(u) / u), 'cos(u)/u - sin(u)/u^2', {
    domain: ['u != 0'],
    definition: 'sin(u)/u',
    limits: { atMinusInfinity: '0', atInfinity: '0' },
  }),
  unary('erf', errorFunction, '2 exp(-u^2)/sqrt(pi)', {
    limits: { atMinusInfinity: '-1', atInfinity: '1' },
  }),
  unary('sigmoid', logistic, 'sigmoid(u) (1 - sigmoid(u))', {
    aliases: ['sigma', 'logistic', 'expit'],
    latex: '\\sigma',
    definition: '1/(1 + exp(-u))',
    limits: { atMinusInfinity: '0', atInfinity: '1' },
  }),
  unary('relu', (u) => Math.max(u, 0), '1{u > 0}', {
    aliases: ['ReLU', 'ReLu', 'RELU'],
    latex: '\\operatorname{ReLU}',
    kinks: [0],
    limits: { atMinusInfinity: '0' },
  }),
  unary('leaky_relu', (u) => (u > 0 ? u : 0.01 * u), '1{u > 0} + 1/100 1{u <= 0}', {
    aliases: ['leakyrelu', 'LeakyReLU'],
    latex: '\\operatorname{LeakyReLU}',
    kinks: [0],
    slopesAtKinks: [0.01],
  }),
  // Clevert, Unterthiner and Hochreiter 2016; with their alpha = 1 both slopes at 0 are 1: no kink.
  unary('elu', (u) => (u > 0 ? u : Math.expm1(u)), '1{u > 0} + exp(u) 1{u <= 0}', {
    aliases: ['ELU'],
    latex: '\\operatorname{ELU}',
    limits: { atMinusInfinity: '-1' },
  }),
  // Klambauer, Unterthiner, Mayr and Hochreiter 2017; the two constants are theirs.
  unary(
    'selu',
    (u) => SELU_SCALE * (u > 0 ? u : SELU_ALPHA * Math.expm1(u)),
    `${SELU_SCALE} (1{u > 0} + ${SELU_ALPHA} exp(u) 1{u <= 0})`,
    {
      aliases: ['SELU'],
      latex: '\\operatorname{SELU}',
      kinks: [0],
      slopesAtKinks: [SELU_SCALE * SELU_ALPHA],
    },
  ),
  unary('softplus', softplus, 'sigmoid(u)', {
    definition: 'log(1 + exp(u))',
    limits: { atMinusInfinity: '0' },
  }),
  unary('softsign', (u) => u / (1 + Math.abs(u)), '1/(1 + abs(u))^2', {
    definition: 'u/(1 + abs(u))',
    limits: { atMinusInfinity: '-1', atInfinity: '1' },
  }),
  unary('silu', (u) => u * logistic(u), 'sigmoid(u) (1 + u (1 - sigmoid(u)))', {
    aliases: ['swish', 'SiLU'],
    latex: '\\operatorname{SiLU}',
    definition: 'u sigmoid(u)',
    limits: { atMinusInfinity: '0' },
  }),
  // Hendrycks and Gimpel 2016, the exact form with erf.
  unary(
    'gelu',
    (u) => (u / 2) * (1 + errorFunction(u / Math.SQRT2)),
    '(1 + erf(u/sqrt(2)))/2 + u exp(-u^2/2)/sqrt(2 pi)',
    {
      aliases: ['GELU'],
      latex: '\\operatorname{GELU}',
      definition: 'u (1 + erf(u/sqrt(2)))/2',
      limits: { atMinusInfinity: '0' },
    },
  ),
  // Misra 2020.
  unary(
    'mish',
    (u) => u * Math.tanh(softplus(u)),
    'tanh(softplus(u)) + u sigmoid(u) (1 - tanh(softplus(u))^2)',
    { definition: 'u tanh(softplus(u))', limits: { atMinusInfinity: '0' } },
  ),
  unary('hardtanh', (u) => Math.min(Math.max(u, -1), 1), '1{u > -1} 1{u < 1}', {
    kinks: [-1, 1],
    limits: { atMinusInfinity: '-1', atInfinity: '1' },
  }),
  unary('heaviside', (u) => (u > 0 ? 1 : 0), '0', {
    aliases: ['step'],
    kinks: [0],
    limits: { atMinusInfinity: '0', atInfinity: '1' },
  }),
  unary('identity', (u) => u, '1', { definition: 'u' }),
  binary('hypot', Math.hypot, ['u/hypot(u, v)', 'v/hypot(u, v)'], {
    definition: 'sqrt(u^2 + v^2)',
  }),
  binary('max', Math.max, ['1{u >= v}', '1{v > u}'], { latex: '\\max' }),
  binary('min', Math.min, ['1{u <= v}', '1{v < u}'], { latex: '\\min' }),
  binary('pow', Math.pow, ['v u^(v - 1)', 'log(u) u^v'], { definition: 'u^v' }),
];

/** All rows by name. */
export const functionTable: ReadonlyMap<string, FunctionRow> = new Map(
  rows.map((row) => [row.name, row]),
);

const byAlias: ReadonlyMap<string, FunctionRow> = new Map(
  rows.flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)),
);

/** The row of a function by its name or another spelling; `undefined` if it is not known. */
export const functionNamed = (name: string): FunctionRow | undefined => byAlias.get(name);

/** Names of functions of a whole family; the reader knows them, lowering turns them into binders. */
export const familyFunctionNames: ReadonlySet<string> = new Set([
  'softmax',
  'log_softmax',
  'logsumexp',
  'mean',
  'var',
  'std',
  'tr',
  'trace',
  'det',
  'inv',
  'diag',
  'norm',
  'norm1',
  'fro',
  'sum',
  'max',
  'min',
]);
