import { describe, expect, it } from 'vitest';
import { pictureOf, plainLabel } from '../../src/document/picture/draw-network.js';
import { layOut } from '../../src/document/picture/layout.js';
import { nothingKnown, type Picture } from '../../src/document/picture/model.js';
import { writeSvg } from '../../src/document/picture/svg.js';
import { writeTikz } from '../../src/document/picture/tikz.js';
import { number, symbol } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { plainDisplay } from '../../src/write/display.js';
import { deep, twoUnits, upperOfDeep } from './networks.js';

const display = { ...plainDisplay, upperSlots: upperOfDeep };

/** Sizes n_0 .. n_3 of three layers. */
const sizes = (...widths: readonly number[]) =>
  new Map([
    [structureKey(symbol('L')), widths.length - 1],
    ...widths.map(
      (width, layer) => [structureKey(symbol('n', [number(layer)])), width] as [string, number],
    ),
  ]);

const names = (picture: Picture) =>
  picture.columns.map(({ units, elided }) =>
    elided
      ? '...'
      : units.map((unit) => (unit === 'dots' ? ':' : plainLabel(unit.label))).join(' '),
  );

const weights = (picture: Picture) =>
  picture.lines.map(({ from, to, weight }) => `${from} ${to} ${weight ? plainLabel(weight) : ''}`);

describe('the picture of a network', () => {
  it('draws activations with their inputs, weights on lines, biases beside units', () => {
    const picture = pictureOf(twoUnits, plainDisplay, nothingKnown);
    expect(names(picture)).toEqual(['x', 'a_1', 'y t', 'C']);
    expect(weights(picture)).toEqual(['x a[1] w_1', 'a[1] y w_2', 'y C ', 't C ']);
    const y = picture.columns[2]?.units[0];
    expect(y !== 'dots' && y?.biases.map(plainLabel)).toEqual(['b']);
  });

  it('keeps units in their own order, layer by layer', () => {
    expect(names(pictureOf(deep(sizes(2, 3, 2)), display, nothingKnown))).toEqual([
      'a^(0)_1 a^(0)_2',
      'a^(1)_1 a^(1)_2 a^(1)_3',
      'a^(2)_1 a^(2)_2 y_1 y_2',
      'C',
    ]);
  });

  it('connects every unit with every unit of the layer before', () => {
    const { lines } = pictureOf(deep(sizes(2, 3, 2)), display, nothingKnown);
    expect(lines).toHaveLength(2 * 3 + 3 * 2 + 2 + 2);
  });

  it('draws symbolic widths and depths as dots, and calls the last by the size', () =>
    expect(names(pictureOf(deep(), display, nothingKnown))).toEqual([
      'a^(0)_1 a^(0)_2 : a^(0)_n₀',
      'a^(1)_1 a^(1)_2 : a^(1)_n₁',
      'a^(2)_1 a^(2)_2 : a^(2)_n₂',
      '...',
      'a^(L)_1 a^(L)_2 : a^(L)_n_L y_1 y_2 : y_n_L',
      'C',
    ]));

  it('leaves out the middle of wide layers', () =>
    expect(names(pictureOf(deep(sizes(64, 10)), display, nothingKnown))[0]).toBe(
      'a^(0)_1 a^(0)_2 : a^(0)_64',
    ));

  it('writes values and gradients beside units and weights, in full in the title', () => {
    const known = {
      value: (name: string) => (name === 'C' ? 0.28842841648243966 : undefined),
      gradient: (name: string) => (name === 'w' ? -0.00416183312434091 : undefined),
    };
    const picture = pictureOf(twoUnits, plainDisplay, known);
    const svg = writeSvg(picture);
    expect(svg).toContain('<title>C, value 0.28842841648243966</title>');
    expect(svg).toContain('>0.2884<');
    expect(svg).toContain('>−0.004162<');
    expect(writeTikz(picture)).toContain('$-0.004162$');
  });

  it('has no two units in one place', () => {
    for (const network of [twoUnits, deep(), deep(sizes(4, 4, 3, 3))]) {
      const { units, width, height } = layOut(pictureOf(network, display, nothingKnown));
      expect(new Set(units.map(({ x, y }) => `${x} ${y}`)).size).toBe(units.length);
      expect(units.every(({ x, y }) => x > 0 && y > 0 && x < width && y < height)).toBe(true);
    }
  });

  it('says in words what it shows', () =>
    expect(writeSvg(pictureOf(twoUnits, plainDisplay, nothingKnown))).toContain(
      'aria-label="The network from its inputs to its last unit: x; then a_1; then y, t; then C."',
    ));

  it('refuses a network without definitions', () =>
    expect(() => pictureOf({ ...twoUnits, definitions: [] }, plainDisplay, nothingKnown)).toThrow(
      'there are no definitions to draw',
    ));
});
