/** The number of a printed formula, read by a small grammar of its own; only plain arithmetic. */

const functions = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  cosh: Math.cosh,
  sinh: Math.sinh,
  sech: (u) => 1 / Math.cosh(u),
  sqrt: Math.sqrt,
};

/** `values` gives the numbers of names; `e` (Maxima: `%e`) is Euler's number. */
export function valueOfText(text, values) {
  const words = text.match(/%?[A-Za-z]\w*|\d+(?:\.\d*)?(?:e[-+]?\d+)?|\*\*|[-+*/^()]/g) ?? [];
  let place = 0;
  const sum = () => {
    let left = product();
    for (let word = words[place]; word === '+' || word === '-'; word = words[place]) {
      place += 1;
      const right = product();
      left = word === '+' ? left + right : left - right;
    }
    return left;
  };
  const product = () => {
    let left = signed();
    for (let word = words[place]; word === '*' || word === '/'; word = words[place]) {
      place += 1;
      const right = signed();
      left = word === '*' ? left * right : left / right;
    }
    return left;
  };
  const signed = () => {
    if (words[place] === '-') {
      place += 1;
      return -signed();
    }
    if (words[place] === '+') {
      place += 1;
      return signed();
    }
    return power();
  };
  const power = () => {
    const base = leaf();
    if (words[place] !== '^' && words[place] !== '**') return base;
    place += 1;
    return base ** signed();
  };
  const leaf = () => {
    const word = words[place];
    place += 1;
    if (word === '(') {
      const value = sum();
      if (words[place] !== ')') throw new Error(`expected ) at word ${place}`);
      place += 1;
      return value;
    }
    if (/^\d/.test(word)) return Number(word);
    if (words[place] === '(' && word in functions) return functions[word](leaf());
    if (word in values) return values[word];
    if (word === 'e' || word === '%e') return Math.E;
    throw new Error(`no number for ${word}`);
  };
  const value = sum();
  if (place !== words.length) throw new Error(`unread from word ${place}: ${words[place]}`);
  return value;
}
