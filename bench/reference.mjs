/**
 * The nets that all systems are asked about, as plain definitions, with numbers and gradients of our
 * own: a forward pass and a reverse sweep over a small tape, itself checked by central differences.
 * Nothing here is shared with src/.
 */

/** Numbers from a seed, between -1 and 1. */
export function drawn(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state / 2147483648) * 2 - 1;
  };
}

const range = (from, to) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

/** `C = (tanh(w_L tanh(... tanh(w_1 x))) - y)^2`, one unit a layer. */
export function chain(depth) {
  const next = drawn(depth);
  const values = { x: 0.7, y: 0.3 };
  const lets = [];
  for (const layer of range(1, depth)) {
    values[`w${layer}`] = 1 + 0.2 * next();
    lets.push([`f${layer}`, `tanh(w${layer}*${layer === 1 ? 'x' : `f${layer - 1}`})`]);
  }
  lets.push(['cost', `(f${depth}-y)^2`]);
  const sheet = [
    ...range(1, depth).map((l) => `f_${l} = tanh(w_${l} ${l === 1 ? 'x' : `f_${l - 1}`})`),
    `C = (f_${depth} - y)^2`,
  ];
  return job({ lets, by: ['w1'], values, sheet, asks: ['dC/dw_1'] });
}

/** A dense net with tanh, softmax and cross-entropy, every unit a definition of its own. */
export function dense(widths) {
  const depth = widths.length - 1;
  const next = drawn(widths.reduce((sum, width) => sum * 31 + width, 7));
  const values = {};
  const lets = [];
  const sheet = [];
  const [by, asks] = [[], []];
  for (const k of range(1, widths[0])) values[`x${k}`] = next();
  for (const l of range(1, depth)) {
    const below = (k) => (l === 1 ? [`x${k}`, `x_${k}`] : [`a${l - 1}u${k}`, `a_{${l - 1},${k}}`]);
    for (const j of range(1, widths[l])) {
      const [plain, written] = [[], []];
      for (const k of range(1, widths[l - 1])) {
        values[`w${l}u${j}v${k}`] = next();
        by.push(`w${l}u${j}v${k}`);
        asks.push(`dC/dw_{${l},${j},${k}}`);
        plain.push(`w${l}u${j}v${k}*${below(k)[0]}`);
        written.push(`w_{${l},${j},${k}} ${below(k)[1]}`);
      }
      values[`b${l}u${j}`] = next() / 2;
      by.push(`b${l}u${j}`);
      asks.push(`dC/db_{${l},${j}}`);
      lets.push([`z${l}u${j}`, `${plain.join('+')}+b${l}u${j}`]);
      sheet.push(`z_{${l},${j}} = ${written.join(' + ')} + b_{${l},${j}}`);
    }
    if (l === depth) break;
    for (const j of range(1, widths[l])) {
      lets.push([`a${l}u${j}`, `tanh(z${l}u${j})`]);
      sheet.push(`a_{${l},${j}} = tanh(z_{${l},${j}})`);
    }
  }
  const outputs = range(1, widths[depth]);
  const plainTotal = outputs.map((j) => `exp(z${depth}u${j})`).join('+');
  const total = outputs.map((j) => `exp(z_{${depth},${j}})`).join(' + ');
  for (const j of outputs) {
    lets.push([`p${j}`, `exp(z${depth}u${j})/(${plainTotal})`]);
    sheet.push(`p_${j} = exp(z_{${depth},${j}})/(${total})`);
    values[`y${j}`] = (1 + 0.5 * next()) / outputs.length;
  }
  const all = outputs.reduce((sum, j) => sum + values[`y${j}`], 0);
  for (const j of outputs) values[`y${j}`] /= all;
  lets.push(['cost', `-(${outputs.map((j) => `y${j}*log(p${j})`).join('+')})`]);
  sheet.push(`C = -(${outputs.map((j) => `y_${j} log(p_${j})`).join(' + ')})`);
  sheet.push(`assume ${outputs.map((j) => `y_${j}`).join(' + ')} = 1`);
  const deltas = range(1, depth).flatMap((l) =>
    range(1, widths[l]).map((j) => [`delta_{${l},${j}}`, `dC/dz_{${l},${j}}`]),
  );
  for (const [name, right] of deltas) sheet.push(`${name} = ${right}`);
  return job({ lets, by, values, sheet, asks, named: deltas.map(([name]) => name) });
}

/** Softmax and cross-entropy of K scores, in scalars: the gradient by the first score is `p_1 - y_1`. */
export function softmax(K) {
  const next = drawn(K);
  const values = {};
  const all = range(1, K);
  for (const k of all) {
    values[`z${k}`] = next();
    values[`y${k}`] = (1 + 0.5 * next()) / K;
  }
  const sum = all.reduce((total, k) => total + values[`y${k}`], 0);
  for (const k of all) values[`y${k}`] /= sum;
  const last = `(1-${all
    .slice(0, -1)
    .map((k) => `y${k}`)
    .join('-')})`;
  const plainTotal = all.map((k) => `exp(z${k})`).join('+');
  // A peer cannot be told that the targets sum to 1: the last one is put in.
  const lets = [
    [
      'cost',
      `-(${all.map((k) => `${k === K ? last : `y${k}`}*log(exp(z${k})/(${plainTotal}))`).join('+')})`,
    ],
  ];
  const total = all.map((k) => `exp(z_${k})`).join(' + ');
  const sheet = [
    `C = -(${all.map((k) => `y_${k} log(exp(z_${k})/(${total}))`).join(' + ')})`,
    `assume ${all.map((k) => `y_${k}`).join(' + ')} = 1`,
  ];
  return job({ lets, by: ['z1'], values, sheet, asks: ['dC/dz_1'] });
}

/** A job with the gradients of the reverse sweep, checked by central differences. */
function job({ lets, by, values, sheet, asks, named = [] }) {
  const tape = tapeOf(lets, values);
  const gradients = tape.gradients(by);
  for (const name of [by[0], by[Math.floor(by.length / 2)], by.at(-1)]) {
    const step = 1e-6;
    const at = (gap) => tapeOf(lets, { ...values, [name]: values[name] + gap }).result;
    const slope = (at(step) - at(-step)) / (2 * step);
    if (Math.abs(slope - gradients[by.indexOf(name)]) > 1e-6 * (1 + Math.abs(slope)))
      throw new Error(`the reference is wrong at ${name}`);
  }
  return {
    lets,
    of: 'cost',
    by,
    values,
    sheet: `${sheet.join('\n')}\n`,
    asks,
    named,
    gradients,
    known: tape.known,
  };
}

/** The definitions worked out in order; each number remembers what it came from. */
function tapeOf(lets, values) {
  const parts = [];
  const put = (value, ...from) => {
    parts.push({ value, from });
    return parts.length - 1;
  };
  const places = new Map(Object.entries(values).map(([name, value]) => [name, put(value)]));
  const number = (at) => parts[at].value;
  const read = (text) => {
    const words = text.match(/[a-z]\w*|\d+(?:\.\d+)?|[-+*/^()]/g);
    let place = 0;
    const take = () => words[place++];
    const factor = () => {
      let at = leaf();
      while (words[place] === '^') {
        take();
        const exponent = Number(take());
        at = put(number(at) ** exponent, [at, exponent * number(at) ** (exponent - 1)]);
      }
      return at;
    };
    const leaf = () => {
      const word = take();
      if (word === '(') {
        const at = sum();
        take();
        return at;
      }
      if (word === '-') {
        const at = product();
        return put(-number(at), [at, -1]);
      }
      if (words[place] !== '(') return /^\d/.test(word) ? put(Number(word)) : places.get(word);
      const at = leaf();
      const value = number(at);
      if (word === 'exp') return put(Math.exp(value), [at, Math.exp(value)]);
      if (word === 'log') return put(Math.log(value), [at, 1 / value]);
      return put(Math.tanh(value), [at, 1 - Math.tanh(value) ** 2]);
    };
    const product = () => {
      let left = factor();
      while (words[place] === '*' || words[place] === '/') {
        const operator = take();
        const right = factor();
        const [one, other] = [number(left), number(right)];
        left =
          operator === '*'
            ? put(one * other, [left, other], [right, one])
            : put(one / other, [left, 1 / other], [right, -one / other ** 2]);
      }
      return left;
    };
    const sum = () => {
      let left = product();
      while (words[place] === '+' || words[place] === '-') {
        const sign = take() === '+' ? 1 : -1;
        const right = product();
        left = put(number(left) + sign * number(right), [left, 1], [right, sign]);
      }
      return left;
    };
    return sum();
  };
  for (const [name, text] of lets) places.set(name, read(text));
  const end = places.get('cost');
  return {
    result: number(end),
    known: Object.fromEntries([...places].map(([name, at]) => [name, number(at)])),
    gradients: (names) => {
      const slopes = new Float64Array(parts.length);
      slopes[end] = 1;
      for (let at = end; at >= 0; at -= 1)
        for (const [from, slope] of parts[at].from) slopes[from] += slopes[at] * slope;
      return names.map((name) => slopes[places.get(name)]);
    },
  };
}

/**
 * Backpropagation of a dense net with tanh, softmax and cross-entropy, as one writes it by hand over
 * `Float64Array`: what compiled gradients are measured by, and what indexed answers must agree with.
 */
export function denseLoops(widths, values = denseValues(widths)) {
  const { x, W, b, y } = values;
  const depth = widths.length - 1;
  const a = widths.map((width) => new Float64Array(width));
  const d = widths.map((width) => new Float64Array(width));
  const [dW, db] = [new Float64Array(W.length), new Float64Array(b.length)];
  const run = () => {
    a[0].set(x);
    for (let l = 1, w = 0, o = 0; l <= depth; l += 1) {
      const [rows, columns] = [widths[l], widths[l - 1]];
      for (let j = 0; j < rows; j += 1) {
        let z = b[o + j];
        for (let k = 0; k < columns; k += 1) z += W[w + j * columns + k] * a[l - 1][k];
        a[l][j] = l < depth ? Math.tanh(z) : z;
      }
      w += rows * columns;
      o += rows;
    }
    const out = a[depth];
    let [most, total, loss] = [-Infinity, 0, 0];
    for (let i = 0; i < out.length; i += 1) most = Math.max(most, out[i]);
    for (let i = 0; i < out.length; i += 1) total += out[i] = Math.exp(out[i] - most);
    let all = 0;
    for (let i = 0; i < out.length; i += 1) {
      out[i] /= total;
      loss -= y[i] * Math.log(out[i]);
      all += y[i];
    }
    for (let i = 0; i < out.length; i += 1) d[depth][i] = all * out[i] - y[i];
    for (let l = depth, w = W.length, o = b.length; l >= 1; l -= 1) {
      const [rows, columns] = [widths[l], widths[l - 1]];
      w -= rows * columns;
      o -= rows;
      d[l - 1].fill(0);
      for (let j = 0; j < rows; j += 1) {
        const slope = d[l][j];
        db[o + j] = slope;
        for (let k = 0; k < columns; k += 1) {
          dW[w + j * columns + k] = slope * a[l - 1][k];
          if (l > 1) d[l - 1][k] += slope * W[w + j * columns + k];
        }
      }
      if (l > 1) for (let k = 0; k < columns; k += 1) d[l - 1][k] *= 1 - a[l - 1][k] ** 2;
    }
    return loss;
  };
  return { values, run, dW, db, a };
}

/** Numbers for such a net, layer after layer, unit after unit; the targets sum to 1. */
function denseValues(widths) {
  const next = drawn(widths.reduce((sum, width) => sum * 31 + width, 3));
  const list = (length, scale) => Float64Array.from({ length }, () => scale * next());
  const pairs = widths.slice(1).map((width, at) => width * widths[at]);
  const total = (numbers) => numbers.reduce((sum, part) => sum + part, 0);
  const y = list(widths.at(-1), 1).map((part) => 1 + part / 2);
  const all = total(y);
  return {
    x: list(widths[0], 1),
    W: list(total(pairs), 1 / Math.sqrt(Math.max(...widths))),
    b: list(total(widths.slice(1)), 0.5),
    y: y.map((part) => part / all),
  };
}
