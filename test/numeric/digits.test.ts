import { describe, expect, it } from 'vitest';
import { digitsOf, matchesDigits } from '../../src/numeric/digits.js';

describe('digits of a number as written', () => {
  it.each([
    ['0.376', 3],
    ['2.0810', 5],
    ['-0.00416183', 6],
    ['1e-3', 1],
    ['1.50e10', 3],
    ['100', 3],
    ['0', 1],
  ])('%s has %i', (written, digits) => {
    expect(digitsOf(written)).toBe(digits);
  });
});

describe('numbers compared to the digits given', () => {
  it.each([
    ['0.288', 0.28842841648243966],
    ['0.28842841648244', 0.28842841648243966],
    ['2.0809165621704553', 2.0809165621704553],
    ['-0.13872777081136', -0.13872777081136367],
    ['0.376', 0.37698],
    ['0.377', 0.37698],
    ['-14', -14.000000000000002],
    ['1e-3', 0.00104],
    ['0', 1e-17],
  ])('%s is %d', (written, value) => {
    expect(matchesDigits(value, Number(written), digitsOf(written))).toBe(true);
  });

  it.each([
    ['0.288', 0.289428],
    ['0.16936', 0.16396],
    ['0.26722332269', 0.28842841648243966],
    ['0.378', 0.37698],
    ['0.375', 0.37698],
    ['-0.376', 0.376],
    ['3', 3.4],
    ['3.0', 3.16],
    ['0', 1e-6],
    ['1', Number.NaN],
  ])('%s is not %d', (written, value) => {
    expect(matchesDigits(value, Number(written), digitsOf(written))).toBe(false);
  });
});
