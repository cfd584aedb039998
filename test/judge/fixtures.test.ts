import { describe, expect, it } from 'vitest';
import { expectedIn, fixtureFiles, type Met, metIn, readFixture } from './fixtures.js';

const holds = ({ verdict }: Met): boolean | null =>
  verdict === 'proved' || verdict === 'agrees' ? true : verdict === 'differs' ? false : null;

describe.each(fixtureFiles)('the derivations of %s', (file) => {
  const text = readFixture(file);
  const met = metIn(text, file);

  it('are judged line by line as the mathematics says', async () => {
    const found = await met;
    const misjudged = expectedIn(text).flatMap(({ line, source, holds: wanted }) => {
      const here = found.get(line);
      return here && holds(here) === wanted
        ? []
        : [`${line}: ${source}: ${here?.verdict ?? 'no answer'} ${here?.problem ?? ''}`];
    });
    expect(misjudged).toEqual([]);
  });

  it('have their slips named', async () => {
    const found = await met;
    const misnamed = expectedIn(text).flatMap(({ line, source, holds: wanted, slips }) => {
      const slip = found.get(line)?.slip;
      const fits = wanted ? slip === undefined : slip !== undefined && slips.includes(slip.kind);
      return fits ? [] : [`${line}: ${source}: ${slip?.kind} ${slip?.message}`];
    });
    expect(misnamed).toEqual([]);
  });

  it('leave no statement unread', async () => {
    const lines = new Set(expectedIn(text).map(({ line }) => line));
    const unread = [...(await met)].filter(([line, { problem }]) => !lines.has(line) && problem);
    expect(unread).toEqual([]);
  });
});

describe('the fixtures', () => {
  it('hold at least forty derivations, right and wrong', () => {
    const texts = fixtureFiles.map(readFixture);
    const scopes = texts.flatMap((text) => text.match(/```handgrad fresh/g) ?? []);
    const lines = texts.flatMap(expectedIn);
    expect(scopes.length).toBeGreaterThanOrEqual(40);
    expect(lines.filter((line) => line.holds).length).toBeGreaterThan(100);
    expect(lines.filter((line) => !line.holds).length).toBeGreaterThan(100);
  });
});
