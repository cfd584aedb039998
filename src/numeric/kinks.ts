/** Functions with a jump or a kink where their one argument is zero. */
export const KINKED_AT_ZERO: ReadonlySet<string> = new Set([
  'abs',
  'sign',
  'relu',
  'leaky_relu',
  'elu',
  'selu',
  'heaviside',
]);
