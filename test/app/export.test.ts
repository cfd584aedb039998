import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExportOptions, exportCommand } from '../../src/app/export-command.js';

let place = '';
let told = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-export-'));
  told = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(place, { recursive: true });
});

/** The exit code and what was written for a worksheet. */
async function exported(text: string, options: Partial<ExportOptions> = {}) {
  const [file, output] = [join(place, 'sheet.md'), join(place, 'out')];
  writeFileSync(file, text);
  const code = await exportCommand(file, { to: 'numpy', output, ...options });
  return { code, file, source: code === 0 ? readFileSync(output, 'utf8') : '' };
}

const block = (text: string) => `# A net\n\n\`\`\`handgrad\n${text}\n\`\`\`\n`;
const net = 'z_j = sum_{k=1}^2 w_jk x_k + b_j for j = 1..3\nC = sum_{j=1}^3 (tanh(z_j) - y_j)^2';

describe('handgrad export', () => {
  it('differentiates the loss by all parameters', async () => {
    const { code, source } = await exported(block(net));
    expect(told).toBe('');
    expect(code).toBe(0);
    expect(source).toContain('def gradients(w, x, b, y):');
    expect(source).toContain('return C[0], dw, db');
  });

  it('differentiates what is asked for by what is asked for', async () => {
    const { source } = await exported(block(`${net}\nR = sum_{k=1}^2 x_k^2`), {
      of: 'C',
      by: 'x, b',
      to: 'javascript',
    });
    expect(source).toContain('return { value: C[0], dx, db };');
  });

  it.each([
    ['C', 'z', '--of z: expected a single number that the worksheet defines; it defines C'],
    ['C', 'w', '--of w: expected a single number that the worksheet defines; it defines C'],
  ])('refuses to differentiate anything but one number (%s, %s)', async (_, of, message) => {
    const { code } = await exported(block(net), { of });
    expect(code).toBe(2);
    expect(told).toBe(`handgrad: ${message}\n`);
  });

  it('names what there is where a name is unknown', async () => {
    const { code } = await exported(block(net), { by: 'w,q' });
    expect(code).toBe(2);
    expect(told).toBe(
      'handgrad: --by q: expected a name of the worksheet; it has z, w, x, b, C, y\n',
    );
  });

  it('says where a worksheet cannot be read', async () => {
    const { code, file } = await exported(block('C = (w x'));
    expect(code).toBe(2);
    expect(told).toContain(`handgrad: ${file}:4: `);
  });

  it('wants a network, and one only', async () => {
    expect((await exported('nothing\n')).code).toBe(2);
    expect(told).toContain('defines nothing: expected a network, such as C = (w x - y)^2\n');
    told = '';
    const fresh = '\n```handgrad fresh\nD = v^2\n```\n';
    expect((await exported(block(net) + fresh)).code).toBe(2);
    expect(told).toContain('has 2 networks, in scopes of their own; keep one of them in a file\n');
  });

  it('says which size is not fixed', async () => {
    const { code } = await exported(block('C = sum_{i=1}^n (w_i - y_i)^2'));
    expect(code).toBe(2);
    expect(told).toBe('handgrad: nothing fixes the number n; give it, as in `n = 3`\n');
  });
});
